package testkit

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"truepenny/internal/ids"
)

// Authenticator is a security key in software: it answers the options of a
// WebAuthn ceremony as a browser at Origin would. The fields may be changed
// between ceremonies to play one that misbehaves.
type Authenticator struct {
	Origin     string
	RPID       string
	Counter    uint32 // of uses; steps by one at each sign-in
	Unverified bool   // does not check who holds it
	Synced     bool   // sets the flags BE and BS

	id, handle []byte
	key        *ecdsa.PrivateKey
}

const (
	flagPresent    = 0x01
	flagVerified   = 0x04
	flagEligible   = 0x08
	flagBackedUp   = 0x10
	flagCredential = 0x40
)

// Register answers creation options; it makes a new key every time.
func (a *Authenticator) Register(t testing.TB, options []byte) []byte {
	t.Helper()
	var o struct {
		Challenge string
		User      struct{ ID string }
	}
	unmarshal(t, options, &o)
	a.handle = unbase64(t, o.User.ID)
	a.id = ids.Bytes(16)
	var err error
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	data := a.data(flagCredential)
	data = append(data, make([]byte, 16)...) // no AAGUID
	data = binary.BigEndian.AppendUint16(data, uint16(len(a.id)))
	data = append(append(data, a.id...), a.publicKey(t)...)
	object, err := cbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	if err != nil {
		t.Fatal(err)
	}
	return a.answer(t, map[string]any{
		"clientDataJSON": a.clientData(t, "webauthn.create", o.Challenge), "attestationObject": base64url(object),
		"transports": []string{"internal"},
	})
}

// SignIn answers request options with the key made last.
func (a *Authenticator) SignIn(t testing.TB, options []byte) []byte {
	t.Helper()
	var o struct{ Challenge string }
	unmarshal(t, options, &o)
	a.Counter++
	data, client := a.data(0), a.clientData(t, "webauthn.get", o.Challenge)
	clientHash := sha256.Sum256(unbase64(t, client))
	signed := sha256.Sum256(append(append([]byte{}, data...), clientHash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, signed[:])
	if err != nil {
		t.Fatal(err)
	}
	return a.answer(t, map[string]any{
		"clientDataJSON": client, "authenticatorData": base64url(data),
		"signature": base64url(signature), "userHandle": base64url(a.handle),
	})
}

func (a *Authenticator) data(flags byte) []byte {
	flags |= flagPresent
	if !a.Unverified {
		flags |= flagVerified
	}
	if a.Synced {
		flags |= flagEligible | flagBackedUp
	}
	party := sha256.Sum256([]byte(a.RPID))
	return binary.BigEndian.AppendUint32(append(party[:], flags), a.Counter)
}

// publicKey is the key in the form of RFC 9053: EC2, ES256, P-256.
func (a *Authenticator) publicKey(t testing.TB) []byte {
	point, err := a.key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (a *Authenticator) clientData(t testing.TB, kind, challenge string) string {
	out, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": a.Origin, "crossOrigin": false})
	if err != nil {
		t.Fatal(err)
	}
	return base64url(out)
}

func (a *Authenticator) answer(t testing.TB, response map[string]any) []byte {
	out, err := json.Marshal(map[string]any{
		"id": base64url(a.id), "rawId": base64url(a.id), "type": "public-key", "response": response,
		"clientExtensionResults": map[string]any{}, "authenticatorAttachment": "platform",
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func base64url(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func unbase64(t testing.TB, s string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func unmarshal(t testing.TB, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}
