// Package requests keeps what people ask of the privacy officer, and complain
// about, with the clock of the law and the answer.
package requests
