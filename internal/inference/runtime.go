package inference

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"

	ort "github.com/yalue/onnxruntime_go"
)

// ErrMissing says that the engine folder does not hold what is needed. Its
// wrapping error names the file and how to make it.
var ErrMissing = errors.New("engine is missing")

// Runtime is a loaded ONNX Runtime library with its engine folder. The library
// exists once a process: several Runtimes of the same folder share it, and the
// last Close unloads it. All methods are safe for concurrent use.
type Runtime struct {
	dir      string
	manifest Manifest
	threads  int

	mu       sync.Mutex
	closed   bool
	networks []*Network
}

// process guards the one environment that ONNX Runtime allows in a process.
var process struct {
	sync.Mutex
	users int
	path  string
}

// Open loads the runtime library from an engine folder, as `truepenny engine` makes
// it, and reads the folder's manifest. Networks run on one thread each: a
// server gains more by running requests side by side.
func Open(dir string) (*Runtime, error) {
	m, err := ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	path, err := filepath.Abs(filepath.Join(dir, m.Runtime.File))
	if err != nil {
		return nil, err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return nil, missing(dir, m.Runtime.File)
	}
	if m.Runtime.Platform != Platform() {
		return nil, fmt.Errorf("%w: %s is built for %s, this machine is %s; run `task engine` here",
			ErrMissing, path, m.Runtime.Platform, Platform())
	}
	if err := acquire(path); err != nil {
		return nil, err
	}
	return &Runtime{dir: dir, manifest: m, threads: 1}, nil
}

// Platform names the machine in the terms of the runtime's file names: the Go
// system and architecture, for example "linux-amd64".
func Platform() string { return runtime.GOOS + "-" + runtime.GOARCH }

// Dir is the engine folder.
func (r *Runtime) Dir() string { return r.dir }

// Manifest tells what the engine folder holds.
func (r *Runtime) Manifest() Manifest { return r.manifest }

// Close frees every network that is still loaded and lets go of the library.
func (r *Runtime) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil
	}
	r.closed = true
	var errs []error
	for _, n := range r.networks {
		errs = append(errs, n.Close())
	}
	r.networks = nil
	errs = append(errs, release())
	return errors.Join(errs...)
}

func acquire(path string) error {
	process.Lock()
	defer process.Unlock()
	if process.users > 0 {
		if process.path != path {
			return fmt.Errorf("inference: %s is loaded already, a process cannot load %s beside it", process.path, path)
		}
		process.users++
		return nil
	}
	ort.SetSharedLibraryPath(path)
	// Only errors: the runtime's warnings are about graphs, on stderr, and
	// would reach the operator's log without being of use there.
	if err := ort.InitializeEnvironment(ort.WithLogLevelError()); err != nil {
		return fmt.Errorf("inference: load %s: %w", path, err)
	}
	process.users, process.path = 1, path
	return nil
}

func release() error {
	process.Lock()
	defer process.Unlock()
	process.users--
	if process.users > 0 {
		return nil
	}
	process.path = ""
	return ort.DestroyEnvironment()
}

func missing(dir, file string) error {
	return fmt.Errorf("%w: %s has no %s; make it with `task engine`, or set TRUEPENNY_ENGINE to a folder that has it",
		ErrMissing, dir, file)
}
