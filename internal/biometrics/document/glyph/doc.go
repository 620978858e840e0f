// Package glyph tells one character of OCR-B from another: it cuts a cell out of a grey picture and runs it through a small network of the project's own.
package glyph
