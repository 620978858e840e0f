package main

import (
	"context"
	"log/slog"

	"truepenny/internal/ocr"
	"truepenny/internal/pdf"
	"truepenny/internal/sellers"
)

// paperReaders are the programs of the system that read papers. One that is not
// installed is said once, here; what it would do is then "not run".
func paperReaders(ctx context.Context, log *slog.Logger) (sellers.PDFReader, sellers.PrintReader) {
	var files sellers.PDFReader
	var print sellers.PrintReader
	if r, err := pdf.Open(pdf.DefaultLimits); err != nil {
		log.Warn("PDF papers are not taken", "error", err)
	} else {
		files = r
	}
	if r, err := ocr.Open(ctx, ocr.DefaultLimits); err != nil {
		log.Warn("print on pictures is not read", "error", err)
	} else {
		print = r
	}
	return files, print
}
