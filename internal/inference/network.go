package inference

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	ort "github.com/yalue/onnxruntime_go"
)

// Tensor is one input or output of a network: float32 values in row-major
// order with their dimensions.
type Tensor struct {
	Shape []int64
	Data  []float32
}

// Network is one loaded network. Run may be called from any number of
// goroutines; Close waits for the runs under way.
type Network struct {
	name    string
	session *ort.DynamicAdvancedSession
	outputs int
	mu      sync.RWMutex // held for reading while running, for writing to close
}

var errClosed = errors.New("inference: network is closed")

// Load opens an .onnx file with the named inputs and outputs. A relative path
// is looked up in the engine folder.
func (r *Runtime) Load(path string, inputs, outputs []string) (*Network, error) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(r.dir, path)
	}
	if err := r.check(path); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, errors.New("inference: runtime is closed")
	}
	options, err := sessionOptions(r.threads)
	if err != nil {
		return nil, err
	}
	defer options.Destroy()
	session, err := ort.NewDynamicAdvancedSession(path, inputs, outputs, options)
	if err != nil {
		return nil, fmt.Errorf("inference: load %s: %w", filepath.Base(path), err)
	}
	n := &Network{name: filepath.Base(path), session: session, outputs: len(outputs)}
	r.networks = append(r.networks, n)
	return n, nil
}

// check says whether the file is there and, when it is one of the manifest's,
// whether it is still what was made.
func (r *Runtime) check(path string) error {
	if _, err := os.Stat(path); err != nil {
		return missing(filepath.Dir(path), filepath.Base(path))
	}
	if filepath.Dir(path) != filepath.Clean(r.dir) {
		return nil
	}
	for _, n := range r.manifest.Networks {
		if n.File != filepath.Base(path) {
			continue
		}
		sum, err := SumFile(path)
		if err != nil {
			return err
		}
		if sum != n.SHA256 {
			return fmt.Errorf("%w: %s is not the file that the manifest names; make it anew with `task engine`", ErrMissing, path)
		}
	}
	return nil
}

func sessionOptions(threads int) (*ort.SessionOptions, error) {
	o, err := ort.NewSessionOptions()
	if err != nil {
		return nil, err
	}
	err = errors.Join(
		o.SetIntraOpNumThreads(threads),
		o.SetInterOpNumThreads(1),
		o.SetGraphOptimizationLevel(ort.GraphOptimizationLevelEnableAll),
	)
	if err != nil {
		o.Destroy()
		return nil, err
	}
	return o, nil
}

// Run feeds the inputs in the order in which Load named them and returns the
// outputs. The inputs' data is read only during the call.
func (n *Network) Run(inputs ...Tensor) ([]Tensor, error) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	if n.session == nil {
		return nil, errClosed
	}
	// The runtime keeps the address of the input while it runs.
	var pins runtime.Pinner
	defer pins.Unpin()
	in := make([]ort.Value, 0, len(inputs))
	defer func() { destroy(in) }()
	for _, t := range inputs {
		if len(t.Data) > 0 {
			pins.Pin(&t.Data[0])
		}
		v, err := ort.NewTensor(ort.NewShape(t.Shape...), t.Data)
		if err != nil {
			return nil, fmt.Errorf("inference: %s: input: %w", n.name, err)
		}
		in = append(in, v)
	}
	out := make([]ort.Value, n.outputs)
	err := n.session.Run(in, out)
	defer destroy(out)
	if err != nil {
		return nil, fmt.Errorf("inference: %s: %w", n.name, err)
	}
	return collect(n.name, out)
}

func collect(name string, out []ort.Value) ([]Tensor, error) {
	result := make([]Tensor, len(out))
	for i, v := range out {
		t, ok := v.(*ort.Tensor[float32])
		if !ok {
			return nil, fmt.Errorf("inference: %s: output %d is not of type float32", name, i)
		}
		result[i] = Tensor{Shape: t.GetShape(), Data: t.GetData()}
	}
	return result, nil
}

func destroy(values []ort.Value) {
	for _, v := range values {
		if v != nil {
			v.Destroy()
		}
	}
}

// Close frees the network. Closing twice is harmless.
func (n *Network) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.session == nil {
		return nil
	}
	s := n.session
	n.session = nil
	return s.Destroy()
}
