// Package handlers turns HTTP requests into calls of one service each and their
// results into pages.
package handlers
