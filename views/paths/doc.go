// Package paths holds every address of the application as a typed function:
// one file a feature; a page never writes a URL itself.
package paths
