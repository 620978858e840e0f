package convert

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// small is a graph of one convolution with bias and slopes, a reshape and a
// concatenation; its weights are 12 float32 and 3 int32.
const small = `{"format":"graph-model","modelTopology":{"node":[
 {"name":"in","op":"Placeholder","attr":{"shape":{"shape":{"dim":[{"size":"-1"},{"size":"4"},{"size":"4"},{"size":"3"}]}}}},
 {"name":"f","op":"Const"},{"name":"b","op":"Const"},{"name":"s","op":"Const"},{"name":"to","op":"Const"},{"name":"axis","op":"Const"},
 {"name":"conv","op":"_FusedConv2D","input":["in","f","b","s"],"attr":{"padding":{"s":"U0FNRQ=="},"data_format":{"s":"TkhXQw=="},
  "strides":{"list":{"i":["1","2","2","1"]}},"fused_ops":{"list":{"s":["Qmlhc0FkZA==","UHJlbHU="]}}}},
 {"name":"twice","op":"ConcatV2","input":["conv:0","conv","axis"]},
 {"name":"out","op":"Reshape","input":["twice","to"]}]},
 "weightsManifest":[{"paths":["x.bin"],"weights":[{"name":"f","shape":[1,1,3,2],"dtype":"float32"},{"name":"b","shape":[2],"dtype":"float32"},
  {"name":"s","shape":[1,1,2],"dtype":"float32"},{"name":"to","shape":[2],"dtype":"int32"},{"name":"axis","shape":[],"dtype":"int32"}]}]}`

var smallData = append(make([]byte, 40), 255, 255, 255, 255, 4, 0, 0, 0, 3, 0, 0, 0)

func smallNetwork(description string, data []byte) ([]byte, error) {
	return graphNetwork("small", result{"out", port{"points", []int{0, 4}}})([]byte(description), data)
}

func TestASmallGraphIsWritten(t *testing.T) {
	raw, err := smallNetwork(small, smallData)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Conv", "Relu", "SAME_UPPER", "Concat", "Transpose", "Reshape", "points"} {
		if !strings.Contains(string(raw), word) {
			t.Errorf("the network has no %s", word)
		}
	}
}

func TestGraphsThatDoNotFitAreRefusedByTheNodesName(t *testing.T) {
	text := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for name, c := range map[string]struct{ old, with, says string }{
		"an unknown operator":       {`"op":"ConcatV2"`, `"op":"FFT"`, `node "twice" (FFT): this operator is not known`},
		"a missing node":            {`"input":["twice","to"]`, `"input":["gone","to"]`, `"gone" is missing`},
		"a circle":                  {`"conv:0","conv"`, `"conv","twice"`, "depends on itself"},
		"a second output":           {`"conv:0"`, `"conv:1"`, `"conv:1"`},
		"a control dependency":      {`"conv:0"`, `"^conv"`, `"^conv"`},
		"another padding":           {text("SAME"), text("EXPLICIT"), `"EXPLICIT"`},
		"another data format":       {text("NHWC"), text("NCHW"), `"NCHW"`},
		"another fused operator":    {text("Prelu"), text("Elu"), `"Elu"`},
		"strides over channels":     {`["1","2","2","1"]`, `["1","2","2","2"]`, "channels"},
		"a stride of 0":             {`["1","2","2","1"]`, `["1","0","2","1"]`, "out of range"},
		"a bias that does not fit":  {`"shape":[2],"dtype":"float32"`, `"shape":[1,2],"dtype":"float32"`, `"b"`},
		"an input without size":     {`{"size":"4"},{"size":"4"},{"size":"3"}`, `{"size":"4"}`, "four dimensions"},
		"a shape that is a float":   {`"shape":[2],"dtype":"int32"`, `"shape":[2],"dtype":"float32"`, `"to"`},
		"two nodes of one name":     {`"name":"b","op"`, `"name":"f","op"`, `"f"`},
		"another format":            {`"graph-model"`, `"layers-model"`, "format"},
		"a constant as the picture": {`"input":["in","f","b","s"]`, `"input":["f","f","b","s"]`, `"f" is a constant`},
	} {
		changed := strings.Replace(small, c.old, c.with, 1)
		if changed == small {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := smallNetwork(changed, smallData); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAGraphWithTooManyNodesIsRefused(t *testing.T) {
	var nodes []string
	for i := range nodeLimit + 1 {
		nodes = append(nodes, fmt.Sprintf(`{"name":"n%d","op":"Const"}`, i))
	}
	many := `{"format":"graph-model","modelTopology":{"node":[` + strings.Join(nodes, ",") + `]},"weightsManifest":[{}]}`
	if _, err := parseTopology([]byte(many), nil); err == nil || !strings.Contains(err.Error(), "nodes") {
		t.Errorf("%v", err)
	}
}

func TestHalfNumbersAreRead(t *testing.T) {
	for bits, want := range map[uint16]float32{
		0x0000: 0, 0x3c00: 1, 0xc000: -2, 0x7bff: 65504, 0x0001: 1.0 / (1 << 24), 0x8001: -1.0 / (1 << 24), 0x3555: 0.333251953125,
	} {
		if got := half(bits); got != want {
			t.Errorf("%#04x: %v, want %v", bits, got, want)
		}
	}
	if v := half(0x7e00); v == v {
		t.Errorf("no number became %v", v)
	}
	if v := half(0xfc00); v > -3.4e38 {
		t.Errorf("minus infinity became %v", v)
	}
}

func TestAConstantIsTurnedToChannelsFirst(t *testing.T) {
	got := tensor{dims: []int{2, 1, 3}, values: []float32{1, 2, 3, 4, 5, 6}}.spread()
	if fmt.Sprint(got.dims, got.values) != "[1 3 2 1] [1 4 2 5 3 6]" {
		t.Errorf("%v %v", got.dims, got.values)
	}
}

// FuzzGraphNetwork changes description and weights: any input must be refused
// or give a network, in bounded memory.
func FuzzGraphNetwork(f *testing.F) {
	f.Add([]byte(small), smallData)
	f.Add([]byte(strings.ReplaceAll(small, "Reshape", "Mean")), smallData)
	f.Add([]byte(strings.ReplaceAll(small, "ConcatV2", "AddV2")), smallData)
	f.Add([]byte(strings.ReplaceAll(small, "ConcatV2", "Pad")), smallData)
	f.Add([]byte(`{}`), []byte{})
	f.Fuzz(func(t *testing.T, description, data []byte) {
		raw, err := smallNetwork(string(description), data)
		if err == nil && len(raw) > 1<<20+64*(len(description)+len(data)) {
			t.Errorf("%d bytes from %d", len(raw), len(description)+len(data))
		}
	})
}
