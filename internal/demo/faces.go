package demo

import (
	"truepenny/internal/specimen/sitter"
)

// Finder finds faces; face.Engine is one.
type Finder = sitter.Finder

// Portrait is one person's head and shoulders.
type Portrait = sitter.Portrait

// clear is how many of the portraits serve for captures.
const clear = 6

// Portraits cuts head and shoulders of the demo's people out of the photographs
// in dir, the folder "demo" of the npm package @vladmandic/face-api.
func Portraits(dir string, faces Finder) ([]Portrait, error) { return sitter.Portraits(dir, faces) }
