// Package pdf reads the words of a PDF file and draws its pages, with poppler's
// programs, each in a process of its own that may use little time and memory.
package pdf
