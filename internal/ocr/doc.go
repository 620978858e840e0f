// Package ocr reads the words of a picture with their places, with the program
// Tesseract in a process of its own that may use little time and memory.
package ocr
