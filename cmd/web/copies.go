package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/copies"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/vault"
	"truepenny/views/mydata"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// openCopies builds what makes a person's copy of their data.
func (a *App) openCopies(base string) *copies.Service {
	return copies.New(copies.Parts{
		Store: a.store, Audit: a.audit, Vault: a.vault, Jobs: a.queue, Mail: a.outbox, Clock: a.clock,
		Gather: a.gather, Cover: writeCover,
		EmailOf: func(ctx context.Context, person string) (string, error) {
			account, err := a.account.Get(ctx, person)
			return account.Email, err
		},
		Letter: func(c copies.Copy) (string, string) {
			return words.MailCopyReady(base+paths.MyDataCopyFile(c.ID), c.Bytes, c.ExpiresAt)
		},
	})
}

// gather collects what a copy holds: what every source tells, who looked, and
// each sealed item but the copies themselves.
func (a *App) gather(ctx context.Context, person string) (copies.Contents, error) {
	data, err := a.register.Export(ctx, person)
	if err != nil {
		return copies.Contents{}, err
	}
	if data["looks"], err = a.looksFor(ctx, person); err != nil {
		return copies.Contents{}, err
	}
	originals, err := a.originals(ctx, person)
	return copies.Contents{Data: data, Originals: originals}, err
}

// look is one line of the log as its person gets it: in words, by role.
type look struct {
	Number         int64
	At             time.Time
	Who, What, Why string
	Code           string
}

func (a *App) looksFor(ctx context.Context, person string) ([]look, error) {
	var out []look
	for before, more := int64(0), true; more; more = before > 0 {
		var rows []audit.Row
		var err error
		if rows, before, err = privacy.Looks(ctx, a.audit, person, privacy.ShowLog, before, 1000); err != nil {
			return nil, err
		}
		for _, r := range rows {
			l := words.LookLine{Action: r.Action, By: string(r.Actor.Kind), Role: r.Actor.Role, Purpose: r.Purpose, Reason: r.Reason,
				Table: r.Details["table"], Column: r.Details["column"], Count: r.Details["count"], Details: r.Details}
			if r.Actor.Kind == audit.KindSystem {
				l.Actor = r.Actor.ID
			}
			out = append(out, look{r.Index, r.At, words.LookBy(l), words.LookAt(l), words.LookFor(l), r.Action})
		}
	}
	return out, nil
}

// originals are the sealed items of a person, with names that say what they are.
func (a *App) originals(ctx context.Context, person string) ([]copies.Original, error) {
	items, err := a.vault.Describe(ctx, person)
	if err != nil {
		return nil, err
	}
	known, err := a.sellers.BelongingsOf(ctx, person)
	if err != nil {
		return nil, err
	}
	now := a.clock.Now()
	var out []copies.Original
	for _, i := range items {
		if i.Purpose == privacy.PurposeCopy || !i.KeepUntil.After(now) {
			continue
		}
		at := slices.IndexFunc(known, func(b sellers.Belonging) bool { return b.ID == i.ID })
		name := i.Slot.Column
		if at >= 0 {
			name = originalName(known[at])
		}
		out = append(out, copies.Original{Item: i.ID, Purpose: i.Purpose, Name: name + ending(i), Size: i.Size, Until: i.KeepUntil})
	}
	return out, nil
}

func originalName(b sellers.Belonging) string {
	parts := []string{b.What}
	switch b.What {
	case string(sellers.EvidenceDocument):
		parts = append(parts, string(b.Evidence.DocumentKind), string(b.Evidence.Side))
	case string(sellers.EvidencePaper):
		parts = append(parts, string(b.Evidence.PaperKind))
	case string(sellers.EvidenceFrame):
		parts = append(parts, fmt.Sprintf("%05d-ms", b.Evidence.OffsetMS))
	case "correction":
		parts = append(parts, string(b.Field))
	case "compared":
		parts = append(parts, string(b.Check))
	}
	return strings.Join(parts, "-")
}

func ending(i vault.Item) string {
	switch i.MIME {
	case "image/jpeg":
		return ".jpg"
	case "application/json":
		return ".json"
	}
	return ".bin"
}

// writeCover writes the page through which a copy is read.
func writeCover(w io.Writer, made time.Time, data any, files []string) error {
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	var plain map[string]any
	if err := json.Unmarshal(text, &plain); err != nil {
		return err
	}
	p := mydata.CoverProps{Made: words.Moment(made), Files: files}
	for _, name := range sortedNames(plain) {
		p.Sections = append(p.Sections, coverNode(name, plain[name]))
	}
	return mydata.Cover(p).Render(context.Background(), w)
}

// coverNode turns JSON into what the page shows; what is empty is left out.
func coverNode(name string, value any) mydata.CoverNode {
	n := mydata.CoverNode{Name: name}
	switch v := value.(type) {
	case nil:
	case map[string]any:
		for _, key := range sortedNames(v) {
			child := coverNode(words.FieldTitle(key), v[key])
			if child.Text != "" || len(child.Children) > 0 {
				n.Children = append(n.Children, child)
			}
		}
	case []any:
		for i, one := range v {
			n.Children = append(n.Children, coverNode(words.Number(i+1), one))
		}
	case string:
		n.Text = strings.TrimPrefix(v, "0001-01-01T00:00:00Z")
	default:
		n.Text = fmt.Sprint(v)
	}
	return n
}

func sortedNames(m map[string]any) []string {
	var out []string
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
