// Package vault keeps images, videos and templates sealed under a key per
// person and purpose; plaintext leaves only through Open, which is logged first.
package vault
