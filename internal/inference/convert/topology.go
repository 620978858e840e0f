package convert

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
)

const (
	topologyLimit = 4 << 20 // bytes of a graph model's description
	nodeLimit     = 4096    // nodes of one graph
	inputLimit    = 64      // inputs of one node

	networkLimit = 256 << 20 // bytes of the weights of one network written
)

// topology is a TensorFlow.js graph model: its nodes by name, and the weights.
type topology struct {
	nodes map[string]node
	w     weights
}

type node struct {
	Name  string               `json:"name"`
	Op    string               `json:"op"`
	Input []string             `json:"input"`
	Attr  map[string]attribute `json:"attr"`
}

// attribute is the part of a node's attribute that the known operators use.
type attribute struct {
	B    bool        `json:"b"`
	I    json.Number `json:"i"`
	S    string      `json:"s"` // base64
	List struct {
		I []json.Number `json:"i"`
		S []string      `json:"s"` // base64
	} `json:"list"`
	Shape struct {
		Dim []struct {
			Size json.Number `json:"size"`
		} `json:"dim"`
	} `json:"shape"`
}

// parseTopology reads a graph model's description with its one binary file.
func parseTopology(description, data []byte) (topology, error) {
	if len(description) > topologyLimit || len(data) > weightsLimit {
		return topology{}, fmt.Errorf("graph model is larger than expected")
	}
	var m struct {
		Format        string `json:"format"`
		ModelTopology struct {
			Node []node `json:"node"`
		} `json:"modelTopology"`
		WeightsManifest []group `json:"weightsManifest"`
	}
	if err := json.Unmarshal(description, &m); err != nil {
		return topology{}, fmt.Errorf("graph model: %w", err)
	}
	if m.Format != "graph-model" || len(m.WeightsManifest) != 1 {
		return topology{}, fmt.Errorf("graph model: expected format graph-model and one group of weights")
	}
	if n := len(m.ModelTopology.Node); n == 0 || n > nodeLimit {
		return topology{}, fmt.Errorf("graph model has %d nodes, expected 1 to %d", n, nodeLimit)
	}
	t := topology{nodes: map[string]node{}}
	for _, n := range m.ModelTopology.Node {
		if _, twice := t.nodes[n.Name]; twice || n.Name == "" || len(n.Input) > inputLimit {
			return topology{}, fmt.Errorf("graph model: node %q has no name of its own or too many inputs", n.Name)
		}
		t.nodes[n.Name] = n
	}
	var err error
	t.w, err = readGroup(m.WeightsManifest[0], data)
	return t, err
}

// input gives the name of a node's input; a second output of the node before
// (name:1) and control dependencies (^name) are not known.
func (n node) input(i int) (string, error) {
	if i >= len(n.Input) {
		return "", fmt.Errorf("has no input %d", i)
	}
	name := strings.TrimSuffix(n.Input[i], ":0")
	if strings.ContainsAny(name, ":^") {
		return "", fmt.Errorf("input %q is of a kind that is not known", name)
	}
	return name, nil
}

func (n node) text(attr string) (string, error) { return decodeText(n.Attr[attr].S) }

func decodeText(s string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(s)
	return string(raw), err
}

// sides reads a list of four numbers in the order batch, height, width,
// channels, of which the first and the last must be 1. A missing list means
// ones.
func (n node) sides(attr string) (h, w int, err error) {
	list := n.Attr[attr].List.I
	if len(list) == 0 {
		return 1, 1, nil
	}
	var v [4]int64
	if len(list) != len(v) {
		return 0, 0, fmt.Errorf("%s has %d numbers, expected 4", attr, len(list))
	}
	for i, number := range list {
		if v[i], err = number.Int64(); err != nil || v[i] < 1 || v[i] > 64 {
			return 0, 0, fmt.Errorf("%s %q is out of range", attr, number)
		}
	}
	if v[0] != 1 || v[3] != 1 {
		return 0, 0, fmt.Errorf("%s %v reaches over batch or channels", attr, v)
	}
	return int(v[1]), int(v[2]), nil
}

// windowed reads strides, dilations and padding of a convolution or pooling.
func (n node) windowed() ([]attr, error) {
	if order, err := n.text("data_format"); err != nil || (order != "NHWC" && order != "") {
		return nil, fmt.Errorf("data format %q is not known", order)
	}
	sh, sw, err := n.sides("strides")
	if err != nil {
		return nil, err
	}
	attrs := []attr{intsAttr("strides", sh, sw)}
	dh, dw, err := n.sides("dilations")
	if err != nil {
		return nil, err
	}
	if dh != 1 || dw != 1 {
		attrs = append(attrs, intsAttr("dilations", dh, dw))
	}
	switch kind, err := n.text("padding"); {
	case err != nil:
		return nil, err
	case kind == "SAME":
		return append(attrs, same.attr()), nil
	case kind == "VALID":
		return append(attrs, valid.attr()), nil
	default:
		return nil, fmt.Errorf("padding %q is not known", kind)
	}
}
