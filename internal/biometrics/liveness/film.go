package liveness

import (
	"image"
	"runtime"
	"time"
)

// Shot is one frame of a capture that is there as a whole. Open gives its
// picture; it is called once, on any goroutine, some frames ahead.
type Shot struct {
	At   time.Duration
	Step int
	Open func() (*image.RGBA, error)
}

// Film watches shots in the order in which they are given, opening them ahead
// side by side, and the still when there is one. It stops at the first error.
func Film(e Engines, shots []Shot, still func() (*image.RGBA, error)) (Recording, error) {
	type opened struct {
		img *image.RGBA
		err error
	}
	next := make(chan chan opened, runtime.GOMAXPROCS(0)) // in order; its length bounds what is open
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(next)
		for _, s := range shots {
			one := make(chan opened, 1)
			select {
			case next <- one:
			case <-stop:
				return
			}
			go func() {
				img, err := s.Open()
				one <- opened{img, err}
			}()
		}
	}()
	w := NewWatch(e)
	i := 0
	for one := range next {
		o := <-one
		err := o.err
		if err == nil {
			err = w.See(o.img, shots[i].At, shots[i].Step)
		}
		if err != nil {
			w.Recording() // lets go of what is under way
			return Recording{}, err
		}
		i++
	}
	if still != nil {
		img, err := still()
		if err != nil {
			w.Recording()
			return Recording{}, err
		}
		w.Still(img)
	}
	return w.Recording()
}
