// Package specimen draws identity documents of the fictional country Utopia (ICAO code UTO), each marked SPECIMEN, for demo data and tests, and photographs them as a camera on a desk would.
package specimen
