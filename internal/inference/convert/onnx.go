package convert

import (
	"encoding/binary"
	"math"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
)

// The field numbers below are those of onnx.proto (ONNX 1.8, IR version 8).
// Writing the few messages that a feed-forward network needs is shorter than
// generating and carrying the whole schema.
const (
	irVersion    = 8
	opsetVersion = 13

	typeFloat = 1 // TensorProto.DataType
	typeInt64 = 7

	attrInt    = 2 // AttributeProto.AttributeType
	attrFloat  = 1
	attrString = 3
	attrInts   = 7
)

// Input and Output name the one input and the one output of every network
// written here.
const (
	Input  = "input"
	Output = "output"
)

// graph collects nodes and weights; every op returns the name of its output,
// so a network reads as a chain of calls.
type graph struct {
	name    string
	nodes   []byte
	weights []byte
	count   int
}

type attr struct {
	name string
	body []byte
}

func (g *graph) next(prefix string) string {
	g.count++
	return prefix + strconv.Itoa(g.count)
}

// op adds a node with one output and returns the output's name.
func (g *graph) op(kind string, inputs []string, attrs ...attr) string {
	out := g.next(kind)
	g.node(kind, inputs, out, attrs)
	return out
}

func (g *graph) node(kind string, inputs []string, out string, attrs []attr) {
	var n []byte
	for _, in := range inputs {
		n = appendString(n, 1, in)
	}
	n = appendString(n, 2, out)
	n = appendString(n, 3, out)
	n = appendString(n, 4, kind)
	for _, a := range attrs {
		n = appendBytes(n, 5, append(appendString(nil, 1, a.name), a.body...))
	}
	g.nodes = appendBytes(g.nodes, 1, n)
}

// floats adds a constant tensor of float32.
func (g *graph) floats(dims []int, values []float32) string {
	raw := make([]byte, 0, 4*len(values))
	for _, v := range values {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	return g.constant(dims, typeFloat, raw)
}

// ints adds a constant vector of int64.
func (g *graph) ints(values ...int64) string {
	raw := make([]byte, 0, 8*len(values))
	for _, v := range values {
		raw = binary.LittleEndian.AppendUint64(raw, uint64(v))
	}
	return g.constant([]int{len(values)}, typeInt64, raw)
}

func (g *graph) constant(dims []int, kind uint64, raw []byte) string {
	name := g.next("weight")
	var t []byte
	for _, d := range dims {
		t = appendVarint(t, 1, uint64(d))
	}
	t = appendVarint(t, 2, kind)
	t = appendString(t, 8, name)
	t = appendBytes(t, 9, raw)
	g.weights = appendBytes(g.weights, 5, t)
	return name
}

// port is an input or output of a network. A dimension of 0 is left to the
// caller of the network.
type port struct {
	name string
	dims []int
}

// model finishes a graph with the input "input" and the output "output".
func (g *graph) model(inputDims []int, last string, outputDims []int) []byte {
	g.node("Identity", []string{last}, Output, nil)
	return g.finish(port{Input, inputDims}, port{Output, outputDims})
}

// finish writes the graph. The outputs must be names of values in it.
func (g *graph) finish(input port, outputs ...port) []byte {
	body := appendString(g.nodes, 2, g.name)
	body = append(body, g.weights...)
	body = appendBytes(body, 11, valueInfo(input.name, input.dims))
	for _, o := range outputs {
		body = appendBytes(body, 12, valueInfo(o.name, o.dims))
	}

	var m []byte
	m = appendVarint(m, 1, irVersion)
	m = appendString(m, 2, "truepenny")
	m = appendString(m, 3, Version)
	m = appendBytes(m, 7, body)
	return appendBytes(m, 8, appendVarint(appendString(nil, 1, ""), 2, opsetVersion))
}

func valueInfo(name string, dims []int) []byte {
	var shape []byte
	for i, d := range dims {
		if d == 0 {
			shape = appendBytes(shape, 1, appendString(nil, 2, "d"+strconv.Itoa(i)))
			continue
		}
		shape = appendBytes(shape, 1, appendVarint(nil, 1, uint64(d)))
	}
	tensor := appendBytes(appendVarint(nil, 1, typeFloat), 2, shape)
	return appendBytes(appendString(nil, 1, name), 2, appendBytes(nil, 1, tensor))
}

func intsAttr(name string, values ...int) attr {
	var b []byte
	for _, v := range values {
		b = appendVarint(b, 8, uint64(v))
	}
	return attr{name, appendVarint(b, 20, attrInts)}
}

func intAttr(name string, v int) attr {
	return attr{name, appendVarint(appendVarint(nil, 3, uint64(v)), 20, attrInt)}
}

func floatAttr(name string, v float32) attr {
	b := protowire.AppendFixed32(protowire.AppendTag(nil, 2, protowire.Fixed32Type), math.Float32bits(v))
	return attr{name, appendVarint(b, 20, attrFloat)}
}

func stringAttr(name, v string) attr {
	return attr{name, appendVarint(appendString(nil, 4, v), 20, attrString)}
}

func appendBytes(b []byte, field protowire.Number, v []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), v)
}

func appendString(b []byte, field protowire.Number, v string) []byte {
	return protowire.AppendString(protowire.AppendTag(b, field, protowire.BytesType), v)
}

func appendVarint(b []byte, field protowire.Number, v uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, field, protowire.VarintType), v)
}
