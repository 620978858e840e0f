package laboratory

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/privacy"
)

// readAtOnce is how many pictures one entry of the log opens.
const readAtOnce = 25

// shelf is a sealed set as a tree of files: pictures are opened from the vault
// when a run asks for them, a few ahead of it, and forgotten when they were
// read. Nothing is ever written to the disk.
type shelf struct {
	ctx    context.Context
	s      *Service
	actor  audit.Actor
	set    Set
	files  []file
	at     map[string]int // position by file id
	labels []byte
	name   string // of the labels
	before func() error

	mu     sync.Mutex
	opened map[string][]byte
	seen   map[string]bool
	say    func(done, total int)
}

// openShelf opens a set's labels. before is asked ahead of every batch and may
// end the run; say is told how many different files were read.
func (s *Service) openShelf(ctx context.Context, actor audit.Actor, set Set, before func() error, say func(done, total int)) (*shelf, error) {
	files, err := s.filesOf(ctx, set.ID)
	if err != nil {
		return nil, err
	}
	labels, err := s.vault.Open(ctx, actor, set.labelsItem, privacy.PurposeLab, "lab.run")
	if err != nil {
		return nil, err
	}
	sh := &shelf{ctx: ctx, s: s, actor: actor, set: set, files: files, at: map[string]int{}, labels: labels.Plain,
		name: labelsName, before: before, opened: map[string][]byte{}, seen: map[string]bool{}, say: say}
	switch set.Kind {
	case Face:
		sh.name = manifestName
	case Barcode:
		sh.name = codesName
	}
	for i, f := range files {
		sh.at[f.ID] = i
	}
	return sh, nil
}

// Open opens the labels, or a picture by its id.
func (sh *shelf) Open(name string) (fs.File, error) {
	raw, err := sh.ReadFile(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &opened{Reader: bytes.NewReader(raw), name: name, size: int64(len(raw))}, nil
}

// ReadFile is Open for the whole of a file.
func (sh *shelf) ReadFile(name string) ([]byte, error) {
	if name == sh.name {
		return bytes.Clone(sh.labels), nil
	}
	id := strings.TrimSuffix(name, path.Ext(name))
	i, found := sh.at[id]
	if !found {
		return nil, fs.ErrNotExist
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if _, have := sh.opened[id]; !have {
		if err := sh.fetch(i); err != nil {
			return nil, err
		}
	}
	raw := sh.opened[id]
	delete(sh.opened, id)
	if !sh.seen[id] {
		sh.seen[id] = true
		sh.say(len(sh.seen), len(sh.files))
	}
	return raw, nil
}

// fetch opens a picture and those that follow it.
func (sh *shelf) fetch(from int) error {
	if err := sh.before(); err != nil {
		return err
	}
	var items, names []string
	most := readAtOnce
	if sh.set.Kind == Liveness { // clips are large
		most = 1
	}
	for i := from; i < len(sh.files) && len(items) < most; i++ {
		if sh.opened[sh.files[i].ID] != nil {
			continue
		}
		items, names = append(items, sh.files[i].item), append(names, sh.files[i].ID)
	}
	all, err := sh.s.vault.OpenAll(sh.ctx, sh.actor, items, privacy.PurposeLab, "lab.run")
	if err != nil {
		return fmt.Errorf("open pictures: %w", err)
	}
	for i, one := range all {
		sh.opened[names[i]] = one.Plain
	}
	return nil
}

// opened is one file in memory.
type opened struct {
	*bytes.Reader
	name string
	size int64
}

func (o *opened) Stat() (fs.FileInfo, error) { return o, nil }
func (o *opened) Close() error               { return nil }
func (o *opened) Name() string               { return path.Base(o.name) }
func (o *opened) Size() int64                { return o.size }
func (o *opened) Mode() fs.FileMode          { return 0o400 }
func (o *opened) ModTime() (t time.Time)     { return t }
func (o *opened) IsDir() bool                { return false }
func (o *opened) Sys() any                   { return nil }
