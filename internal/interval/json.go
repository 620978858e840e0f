package interval

import (
	"encoding/json"
	"math"
)

// wire is an estimate as JSON writes it: a side without a bound is null.
type wire struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
	Known bool     `json:"known"`
}

func finite(v float64) *float64 {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return nil
	}
	return &v
}

func orElse(v *float64, otherwise float64) float64 {
	if v == nil {
		return otherwise
	}
	return *v
}

// MarshalJSON writes a side without a bound as null.
func (m Median) MarshalJSON() ([]byte, error) {
	return json.Marshal(wire{finite(m.Value), finite(m.Low), finite(m.High), m.Known})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (m *Median) UnmarshalJSON(raw []byte) error {
	var w wire
	err := json.Unmarshal(raw, &w)
	*m = Median{orElse(w.Value, 0), orElse(w.Low, math.Inf(-1)), orElse(w.High, math.Inf(1)), w.Known}
	return err
}

// MarshalJSON writes a side without a bound as null.
func (d Difference) MarshalJSON() ([]byte, error) {
	return json.Marshal(wire{finite(d.Value), finite(d.Low), finite(d.High), true})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (d *Difference) UnmarshalJSON(raw []byte) error {
	var w wire
	err := json.Unmarshal(raw, &w)
	*d = Difference{orElse(w.Value, 0), orElse(w.Low, math.Inf(-1)), orElse(w.High, math.Inf(1))}
	return err
}
