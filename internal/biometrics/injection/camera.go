package injection

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"unicode/utf8"
)

// Camera is what the page reports of the camera track and of itself. All of it
// comes from the person's machine and can be made up.
type Camera struct {
	Label     string  `json:"label"`     // MediaStreamTrack.label
	GroupID   string  `json:"groupId"`   // MediaDeviceInfo.groupId
	Width     int     `json:"width"`     // track.getSettings(), pixels
	Height    int     `json:"height"`    //
	FrameRate float64 `json:"frameRate"` // per second; 0 unknown
	Facing    string  `json:"facing"`    // settings.facingMode: user, environment, left, right or empty
	Mobile    bool    `json:"mobile"`    // navigator.userAgentData.mobile, or a coarse pointer as the main one
	// Capabilities is track.getCapabilities(), nil where the browser has no
	// such function (Firefox before 132): then nothing is concluded from it.
	Capabilities map[string]Capability `json:"capabilities"`
	Script       Script                `json:"script"`
}

// Capability is one entry of MediaTrackCapabilities: a range, or options.
type Capability struct {
	Min     *float64 `json:"min,omitempty"`
	Max     *float64 `json:"max,omitempty"`
	Options []string `json:"options,omitempty"`
}

// Script is what the page saw of its own surroundings.
type Script struct {
	WebDriver bool `json:"webdriver"` // navigator.webdriver
	Trusted   bool `json:"trusted"`   // isTrusted of the event that started the capture
	Hidden    int  `json:"hidden"`    // how often the page went out of sight during the capture
	Native    bool `json:"native"`    // getUserMedia, enumerateDevices and drawImage print as native code
}

// Limits of a camera record.
const (
	maxRecord       = 16 << 10 // bytes
	maxText         = 256      // bytes of a label or option
	maxCapabilities = 64
	maxOptions      = 32
	maxSide         = 1 << 16
)

// ErrCamera says that a camera record cannot be taken; errors of ParseCamera wrap it.
var ErrCamera = errors.New("injection: camera record")

// ParseCamera reads a camera record that a browser sent as JSON. Unknown keys
// are passed over, so that a newer page can say more; a capability in a form
// that no browser uses counts as named but empty.
func ParseCamera(data []byte) (Camera, error) {
	if len(data) > maxRecord {
		return Camera{}, fmt.Errorf("%w: %d bytes, at most %d", ErrCamera, len(data), maxRecord)
	}
	var c Camera
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&c); err != nil {
		return Camera{}, fmt.Errorf("%w: %w", ErrCamera, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return Camera{}, fmt.Errorf("%w: more than one value", ErrCamera)
	}
	return c, c.check()
}

func (c Camera) check() error {
	for _, text := range []string{c.Label, c.GroupID, c.Facing} {
		if len(text) > maxText || !utf8.ValidString(text) {
			return fmt.Errorf("%w: a text is longer than %d bytes", ErrCamera, maxText)
		}
	}
	if c.Width < 0 || c.Width > maxSide || c.Height < 0 || c.Height > maxSide {
		return fmt.Errorf("%w: size %d x %d", ErrCamera, c.Width, c.Height)
	}
	if !(c.FrameRate >= 0 && c.FrameRate <= 1000) || c.Script.Hidden < 0 {
		return fmt.Errorf("%w: a number is out of range", ErrCamera)
	}
	if len(c.Capabilities) > maxCapabilities {
		return fmt.Errorf("%w: %d capabilities, at most %d", ErrCamera, len(c.Capabilities), maxCapabilities)
	}
	for name, k := range c.Capabilities {
		if len(name) > maxText || len(k.Options) > maxOptions || !finite(k.Min) || !finite(k.Max) {
			return fmt.Errorf("%w: a capability is out of range", ErrCamera)
		}
		for _, o := range k.Options {
			if len(o) > maxText {
				return fmt.Errorf("%w: an option is longer than %d bytes", ErrCamera, maxText)
			}
		}
	}
	return nil
}

func finite(v *float64) bool { return v == nil || !math.IsNaN(*v) && !math.IsInf(*v, 0) }

// UnmarshalJSON reads the forms in which browsers give a capability: an object
// with min and max, a list of options, a single text, number or truth value.
func (k *Capability) UnmarshalJSON(data []byte) error {
	*k = Capability{}
	data = bytes.TrimSpace(data)
	if len(data) == 0 {
		return nil
	}
	switch data[0] {
	case '{':
		type plain Capability // without this method
		var p plain
		if json.Unmarshal(data, &p) == nil {
			*k = Capability(p)
		}
	case '[':
		var list []any
		if err := json.Unmarshal(data, &list); err != nil {
			return err
		}
		for _, v := range list {
			k.Options = append(k.Options, fmt.Sprint(v))
		}
	case '"':
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		k.Options = []string{s}
	}
	return nil
}

// span says whether the capability offers a range that can be adjusted.
func (k Capability) span() bool { return k.Min != nil && k.Max != nil && *k.Max > *k.Min }
