package laboratory

import (
	"bytes"
	"context"
	"errors"
	"strconv"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/jobs"
	"truepenny/internal/lab"
	"truepenny/internal/privacy"
)

const unpackJob = "lab.unpack"

// unpackOptions: what cannot be read does not get better by trying often.
var unpackOptions = jobs.Options{MaxAttempts: 3}

type setPayload struct {
	Set string `json:"set"`
}

// reader is who acts when the machine looks at what was added.
var reader = audit.System("lab")

// unpack reads an upload into a set. A set that cannot be taken is emptied and
// says why; the reason names a line, never a file.
func (s *Service) unpack(ctx context.Context, j jobs.Job) error {
	var p setPayload
	if err := j.Decode(&p); err != nil {
		return err
	}
	set, err := s.readSet(ctx, p.Set)
	if errs.CodeOf(err) == errs.NotFound || err == nil && set.State != Reading {
		return nil // removed meanwhile, or done by an attempt whose end was not seen
	}
	if err != nil {
		return err
	}
	opened, err := s.vault.Open(ctx, reader, set.zipItem, privacy.PurposeLab, "lab.reading")
	if err != nil {
		return err
	}
	b, err := openZip(opened.Plain)
	if err == nil {
		err = s.fillHere(ctx, set, b)
	}
	return s.settleReading(ctx, set, err, j.Last)
}

// settleReading turns what is wrong with a set into its reason; other trouble
// is tried again, and the last time told as such.
func (s *Service) settleReading(ctx context.Context, set Set, err error, last bool) error {
	var bad *lineError
	switch {
	case err == nil, errs.ReasonOf(err) == reasonEnded:
		return nil
	case errors.As(err, &bad):
		return s.refuse(ctx, set, bad.reason, bad.line)
	case last && ctx.Err() == nil:
		return errors.Join(err, s.refuse(ctx, set, "lab.set.trouble", 0))
	}
	return err
}

func (s *Service) refuse(ctx context.Context, set Set, reason string, line int) error {
	entry := audit.Entry{Actor: reader, Action: "lab.set-refused", Subject: subject("labset", set.ID), Reason: reason}
	err := s.log.Record(ctx, entry, func(tx *db.Tx) error {
		now, err := stillReading(tx, set.ID)
		if err != nil {
			return err
		}
		if _, err := s.vault.RemoveAll(tx, set.ID, privacy.PurposeLab); err != nil {
			return err
		}
		if err := deleteFiles(tx, set.ID); err != nil {
			return err
		}
		now.State, now.Reason, now.Line, now.zipItem, now.labelsItem = Refused, reason, line, "", ""
		return saveSet(tx, now)
	})
	if errs.ReasonOf(err) == reasonEnded {
		return nil
	}
	if err != nil {
		return err
	}
	return s.lockForGood(ctx, set.ID)
}

const reasonEnded = "lab.set.ended"

// stillReading holds a set of which something is to be sealed. One that was
// ended meanwhile is Conflict "lab.set.ended": sealing would make it a new key.
func stillReading(tx *db.Tx, id string) (Set, error) {
	set, err := takeSet(tx, id)
	if err == nil && set.State != Reading {
		err = errs.New(errs.Conflict, reasonEnded)
	}
	return set, err
}

// fillHere is fill with its progress shown on the page of the set.
func (s *Service) fillHere(ctx context.Context, set Set, b bundle) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer s.begin(set.ID, cancel)()
	return s.fill(ctx, reader, set, b, func(done, total int) { s.advance(set.ID, done, total) })
}

// What one transaction seals, and so what is in memory at once: so many files,
// and no further one when they have so many bytes.
const (
	sealAtOnce = 20
	sealBytes  = 32 << 20
)

// fill seals every file of a bundle and then the labels, which make the set
// ready. Files of an attempt that broke off are thrown away first.
func (s *Service) fill(ctx context.Context, actor audit.Actor, set Set, b bundle, say func(done, total int)) error {
	l, err := readLabels(b.name, b.raw)
	if err != nil {
		return err
	}
	if err := s.clear(ctx, actor, set); err != nil {
		return err
	}
	names := make([]string, len(l.files))
	for from := 0; from < len(l.files); say(from, len(l.files)) {
		if from, err = s.sealFiles(ctx, actor, set, b, l, names, from); err != nil {
			return err
		}
	}
	return s.ready(ctx, actor, set, l, names)
}

func (s *Service) clear(ctx context.Context, actor audit.Actor, set Set) error {
	entry := audit.Entry{Actor: actor, Action: "lab.set-reading", Subject: subject("labset", set.ID)}
	return s.log.Record(ctx, entry, func(tx *db.Tx) error {
		items, err := itemsOfSet(tx, set.ID)
		if err != nil {
			return err
		}
		for _, item := range items {
			if err := s.vault.Remove(tx, item); err != nil {
				return err
			}
		}
		return deleteFiles(tx, set.ID)
	})
}

// sealFiles checks and seals the next part of the files, notes their ids, and
// tells where the part after it begins.
func (s *Service) sealFiles(ctx context.Context, actor audit.Actor, set Set, b bundle, l labels, names []string, from int) (to int, err error) {
	var contents [][]byte
	for bytes := 0; from+len(contents) < len(l.files) && len(contents) < sealAtOnce && bytes < sealBytes; {
		if err := ctx.Err(); err != nil {
			return from, err
		}
		i := from + len(contents)
		raw, err := readFile(b.files, l.files[i], mostFile)
		if err != nil {
			return from, wrong("lab.file.missing", l.lineOf(i), "%w", err)
		}
		if err := checkFile(l.kind, raw); err != nil {
			return from, wrong("lab.file.unreadable", l.lineOf(i), "%w", err)
		}
		contents, bytes = append(contents, raw), bytes+len(raw)
	}
	to = from + len(contents)
	entry := audit.Entry{Actor: actor, Action: "lab.files-sealed", Subject: subject("labset", set.ID), Details: map[string]string{"files": strconv.Itoa(len(contents))}}
	return to, s.log.Record(ctx, entry, func(tx *db.Tx) error {
		if _, err := stillReading(tx, set.ID); err != nil {
			return err
		}
		for i, raw := range contents {
			f := file{ID: ids.New("lpf"), Set: set.ID, Position: from + i}
			item, err := s.vault.Seal(tx, set.sealing("item", f.ID, mimeOf(raw)), raw)
			if err != nil {
				return err
			}
			f.item, names[from+i] = item, f.ID
			if err := insertFile(tx, f); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) ready(ctx context.Context, actor audit.Actor, set Set, l labels, names []string) error {
	raw, err := l.renamed(names)
	if err != nil {
		return err
	}
	entry := audit.Entry{Actor: actor, Action: "lab.set-ready", Subject: subject("labset", set.ID), Details: map[string]string{
		"kind": string(l.kind), "pictures": strconv.Itoa(len(l.files)), "people": strconv.Itoa(l.people)}}
	return s.log.Record(ctx, entry, func(tx *db.Tx) error {
		now, err := stillReading(tx, set.ID)
		if err != nil {
			return err
		}
		if now.labelsItem, err = s.vault.Seal(tx, set.sealing("labels_item", set.ID, "text/csv"), raw); err != nil {
			return err
		}
		if now.zipItem != "" {
			if err := s.vault.Remove(tx, now.zipItem); err != nil {
				return err
			}
		}
		now.State, now.Kind, now.zipItem = Ready, l.kind, ""
		now.Pictures, now.People, now.Columns = len(l.files), l.people, l.columns
		return saveSet(tx, now)
	})
}

// lineOf is the first line of the labels that names a file.
func (l *labels) lineOf(i int) int {
	for at, row := range l.rows {
		if row[l.file] == l.files[i] {
			return at + 2
		}
	}
	return 0
}

// mostText bounds what a bar code may be labelled with, in bytes.
const mostText = 64 << 10

// checkFile refuses what no run could read. Clips are only bounded: the run
// that reads them says what it cannot.
func checkFile(kind Kind, raw []byte) error {
	if kind == Liveness && !isPicture(raw) {
		if len(raw) == 0 {
			return picture.ErrFormat
		}
		return nil
	}
	if kind == Barcode && len(raw) <= mostText && !isPicture(raw) {
		return nil // what a picture says
	}
	look := lab.DecodePicture
	if kind == Document || kind == Barcode {
		look = lab.DecodeScan
	}
	_, err := look(raw)
	return err
}

func isPicture(raw []byte) bool { return mimeOf(raw) != "application/octet-stream" }

// mimeOf tells by content; PGM, in which older public sets come, is shown as
// JPEG, see Failure.
func mimeOf(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xd8\xff")):
		return "image/jpeg"
	case bytes.HasPrefix(raw, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case len(raw) >= 12 && string(raw[:4]) == "RIFF" && string(raw[8:12]) == "WEBP":
		return "image/webp"
	case bytes.HasPrefix(raw, []byte("P5")):
		return "image/x-portable-graymap"
	}
	return "application/octet-stream"
}

// reasonOf is the reason id of what is wrong with a set.
func reasonOf(err error) string {
	var bad *lineError
	if errors.As(err, &bad) {
		return bad.reason
	}
	return "lab.set.trouble"
}
