// Package static serves what the browser needs besides pages: the style sheet,
// our ES modules, htmx, the typeface and the icon, all embedded in the binary.
package static
