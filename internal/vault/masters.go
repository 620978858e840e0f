package vault

import (
	"errors"
	"fmt"
	"sync"

	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// ErrMaster says that a key is wrapped by a master key that is not loaded.
var ErrMaster = errors.New("vault: a key is wrapped by a master key that was not given")

// masters are the loaded master keys: one that wraps, and all that unwrap.
type masters struct {
	mu      sync.RWMutex
	current MasterKey
	byID    map[string]MasterKey
}

func newMasters(current MasterKey, previous []MasterKey) *masters {
	m := &masters{byID: map[string]MasterKey{}}
	for _, key := range previous {
		m.byID[key.ID()] = key
	}
	m.use(current)
	return m
}

func (m *masters) use(key MasterKey) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.current = key
	m.byID[key.ID()] = key
}

func (m *masters) wrapping() MasterKey {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.current
}

func (m *masters) named(id string) (MasterKey, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	key, ok := m.byID[id]
	if !ok {
		return MasterKey{}, fmt.Errorf("%w (its id is %s)", ErrMaster, id)
	}
	return key, nil
}

func (m *masters) unwrap(w wrappedKey) (*keyset.Handle, error) {
	master, err := m.named(w.MasterID)
	if err != nil {
		return nil, err
	}
	return unwrap(w.Wrapped, master, w.Person, w.Purpose)
}

func (m *masters) cipher(w wrappedKey) (tink.AEAD, error) {
	handle, err := m.unwrap(w)
	if err != nil {
		return nil, err
	}
	return cipher(handle)
}

func (m *masters) unwrapSecret(row secretRow) ([]byte, error) {
	master, err := m.named(row.MasterID)
	if err != nil {
		return nil, err
	}
	return unwrapSecret(row.Wrapped, master, row.Label)
}
