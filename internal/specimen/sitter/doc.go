// Package sitter lets people sit before cameras that do not exist: portraits cut out of the photographs that come with face-api, for the demo, the tests and the lab.
package sitter
