// Package inference runs neural networks in ONNX Runtime: open the engine
// folder once, load networks from it, run them from any number of goroutines.
package inference
