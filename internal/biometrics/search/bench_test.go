package search

import (
	"fmt"
	"testing"
)

// BenchmarkSearch measures one probe against a gallery of 128 numbers a face,
// strangers 0.8 apart on average and 0.60 as the limit, beside the plain loop
// that compares with one after another in float64, as face.Distance does.
//
//	go test ./internal/biometrics/search -run '^$' -bench Search
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		x, probes := drawn(b, n, 32, 128)
		const limit = 0.6
		b.Run(fmt.Sprintf("within/%d", n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if _, err := x.Within(probes[i%len(probes)], limit); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("nearest/%d", n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if _, _, err := x.Nearest(probes[i%len(probes)]); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("plain/%d", n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				plain(x, probes[i%len(probes)], limit)
			}
		})
	}
}
