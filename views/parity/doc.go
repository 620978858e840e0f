// Package parity draws what people who declined the camera waited and got,
// beside the others.
package parity
