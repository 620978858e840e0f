// Package public holds the pages that need no account: the front page and the
// notices.
package public
