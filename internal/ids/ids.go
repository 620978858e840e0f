// Package ids is the only source of randomness: identifiers, tokens and draws.
package ids

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"math/big"
)

var lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// New makes an identifier of 128 random bits behind a prefix, such as
// "app_" and 26 characters. Identifiers say nothing about a person.
func New(prefix string) string { return prefix + "_" + lower.EncodeToString(Bytes(16)) }

// Token makes a secret of 256 random bits for a link or a cookie. Only its Hash
// may be stored.
func Token() string { return base64.RawURLEncoding.EncodeToString(Bytes(32)) }

// Hash is what is stored of a token: its SHA-256 in hexadecimal. Tokens have
// 256 bits of entropy, so no slow hash is needed.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Bytes returns n random bytes.
func Bytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: crypto/rand ends the program instead
	return b
}

// Intn draws evenly from [0, n); n must be positive.
func Intn(n int) int {
	v, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic(err) // unreachable: the reader never fails
	}
	return int(v.Int64())
}

// Shuffle puts s in an order drawn evenly.
func Shuffle[T any](s []T) {
	for i := len(s) - 1; i > 0; i-- {
		j := Intn(i + 1)
		s[i], s[j] = s[j], s[i]
	}
}
