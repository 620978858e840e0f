package laboratory

import (
	"encoding/json"
	"fmt"
	"slices"

	"truepenny/internal/lab"
)

// leastPeople is how many people a group has at least in a public report. A rate
// of fewer speaks of each of them, and a column of a set may be as good as a name.
const leastPeople = 5

// outside is a run as everybody may read it: no errors one by one, no clip, no
// group of few people.
func outside(run Run) (Run, error) {
	switch run.Kind {
	case Face:
		return trimmed(run, func(r *lab.FaceReport) {
			r.Missed, r.FalseMatches, r.FalseNonMatches = nil, nil, nil
			r.Groups = slices.DeleteFunc(r.Groups, func(g lab.Group) bool { return g.Name != "all" && g.People < leastPeople })
		})
	case Identify:
		return trimmed(run, func(r *lab.IdentifyReport) {
			r.Hits = nil
			for i := range r.Points {
				p := &r.Points[i]
				p.Groups = slices.DeleteFunc(p.Groups, func(g lab.IdentifyGroup) bool { return g.People < leastPeople })
			}
		})
	case Liveness:
		return trimmed(run, func(r *lab.LivenessReport) { r.Clips = nil })
	}
	return run, nil
}

func trimmed[R any](run Run, trim func(*R)) (Run, error) {
	var r R
	if err := json.Unmarshal(run.Report, &r); err != nil {
		return run, fmt.Errorf("report of run %s: %w", run.ID, err)
	}
	trim(&r)
	raw, err := json.Marshal(r)
	run.Report = raw
	return run, err
}
