// Package convert makes an engine folder: .onnx files written from the weights
// that npm brings, and the runtime library of this platform beside them.
package convert
