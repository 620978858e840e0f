package copies

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/ids"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
	"truepenny/internal/vault"
)

// system is who makes copies: what it opens is opened for the person who asked.
var system = audit.System("copies")

// make is one attempt at a copy. An earlier one's parts are dropped.
func (s *Service) make(ctx context.Context, j jobs.Job) error {
	var id string
	if err := j.Decode(&id); err != nil {
		return err
	}
	c, err := s.read(ctx, id)
	if reasonGone(err) || err == nil && c.State != Waiting && c.State != Making {
		return nil // removed, replaced, or made by an attempt that died before it could say so
	}
	if err != nil {
		return err
	}
	err = s.write(ctx, c)
	switch {
	case errors.Is(err, errGone):
		return nil
	case err != nil && j.Last && ctx.Err() == nil:
		return errors.Join(err, s.fail(context.WithoutCancel(ctx), c))
	}
	return err
}

func (s *Service) write(ctx context.Context, c Copy) error {
	contents, err := s.Gather(ctx, c.Person)
	if err != nil {
		return fmt.Errorf("gather for %s: %w", c.ID, err)
	}
	to, err := s.EmailOf(ctx, c.Person)
	if err != nil {
		return err
	}
	c.run, c.State, c.Total = ids.New("run"), Making, len(contents.Originals)
	c.Done, c.Bytes = 0, 0
	err = s.Audit.Record(ctx, c.entry(system, "copy.begun"), func(tx *db.Tx) error {
		if err := s.removeItems(tx, c.ID); err != nil {
			return err
		}
		return begin(tx, c)
	})
	if err != nil {
		return err
	}
	out := &parts{ctx: ctx, s: s, copy: &c}
	if err := s.pack(ctx, out, &c, contents); err != nil {
		return err
	}
	if err := out.flush(); err != nil {
		return err
	}
	return s.finish(ctx, c, to, contents.Originals)
}

// pack writes the ZIP file. Pictures are stored as they are, text is deflated.
func (s *Service) pack(ctx context.Context, out io.Writer, c *Copy, contents Contents) error {
	z := zip.NewWriter(out)
	add := func(name string, method uint16, write func(w io.Writer) error) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: s.Clock.Now()})
		if err != nil {
			return err
		}
		return write(w)
	}
	names := entryNames(contents.Originals)
	err := add("index.html", zip.Deflate, func(w io.Writer) error { return s.Cover(w, s.Clock.Now(), contents.Data, names) })
	if err != nil {
		return fmt.Errorf("cover: %w", err)
	}
	err = add("data.json", zip.Deflate, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(contents.Data)
	})
	if err != nil {
		return fmt.Errorf("data: %w", err)
	}
	for _, p := range purposesOf(contents.Originals) {
		var items, files []string
		for i, o := range contents.Originals {
			if o.Purpose == p {
				items, files = append(items, o.Item), append(files, names[i])
			}
		}
		err := s.Vault.OpenEach(ctx, system, items, p, reasonMake, func(i int, o vault.Opened) error {
			c.Done++
			return add(files[i], zip.Store, func(w io.Writer) error { _, err := w.Write(o.Plain); return err })
		})
		if err != nil {
			return fmt.Errorf("originals: %w", err)
		}
	}
	return z.Close()
}

func purposesOf(list []Original) []vault.Purpose {
	var out []vault.Purpose
	for _, o := range list {
		if !slices.Contains(out, o.Purpose) {
			out = append(out, o.Purpose)
		}
	}
	return out
}

// finish marks the copy as ready and tells the person, in one transaction. It
// keeps nothing longer than that may be kept by itself.
func (s *Service) finish(ctx context.Context, c Copy, to string, originals []Original) error {
	c.State, c.ReadyAt = Ready, s.Clock.Now()
	c.ExpiresAt = c.ReadyAt.Add(Kept)
	for _, o := range originals {
		if !o.Until.IsZero() && o.Until.Before(c.ExpiresAt) {
			c.ExpiresAt = o.Until
		}
	}
	entry := c.entry(system, "copy.ready")
	entry.Details = map[string]string{"items": strconv.Itoa(c.Done), "bytes": strconv.FormatInt(c.Bytes, 10)}
	return s.Audit.Record(ctx, entry, func(tx *db.Tx) error {
		if err := settle(tx, c); err != nil {
			return err
		}
		subject, text := s.Letter(c)
		return s.Mail.Send(tx, mail.Message{To: to, Subject: subject, Text: text, Kind: "copy-ready", Person: c.Person})
	})
}

// fail marks a copy that could not be made, and drops what there is of it.
func (s *Service) fail(ctx context.Context, c Copy) error {
	c.State = Failed
	err := s.Audit.Record(ctx, c.entry(system, "copy.failed"), func(tx *db.Tx) error {
		if err := s.removeItems(tx, c.ID); err != nil {
			return err
		}
		return giveUp(tx, c)
	})
	if errors.Is(err, errGone) {
		return nil
	}
	return err
}

// until is how long parts may stay: a little longer than the copy, whose end
// takes them and their key along.
func (c Copy) until(now time.Time) time.Time { return now.Add(making + Kept) }
