package witness

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// state is all that a witness remembers: the newest checkpoint that it accepted.
type state struct {
	Verifier   string `json:"verifier"` // of the log
	Checkpoint string `json:"checkpoint"`
}

// memory is the file with the state. While it is open no other witness uses it:
// two at once could accept two futures of one log.
type memory struct {
	path string
	lock *os.File
}

func openMemory(path string) (*memory, error) {
	lock, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the witness's memory: %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another witness is using %s: %w", path, err), lock.Close())
	}
	return &memory{path, lock}, nil
}

func (m *memory) close() error { return m.lock.Close() }

// load is the zero state before the first one was stored.
func (m *memory) load() (state, error) {
	var s state
	raw, err := os.ReadFile(m.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err == nil && (s.Verifier == "" || s.Checkpoint == "") {
		err = errors.New("something is missing in it")
	}
	if err != nil {
		return s, fmt.Errorf("the witness's memory %s cannot be read: %w", m.path, err)
	}
	return s, nil
}

// store replaces the file as a whole and returns when it is on the disk: it
// holds the former state or the new one, wherever the machine stops.
func (m *memory) store(s state) error {
	raw, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	folder := filepath.Dir(m.path)
	f, err := os.CreateTemp(folder, filepath.Base(m.path)+".new*")
	if err != nil {
		return fmt.Errorf("store the witness's memory: %w", err)
	}
	defer os.Remove(f.Name()) // there is none after the renaming
	_, err = f.Write(append(raw, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), m.path)
	}
	if err == nil {
		err = syncFolder(folder)
	}
	if err != nil {
		return fmt.Errorf("store the witness's memory: %w", err)
	}
	return nil
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
