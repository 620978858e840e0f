package sellers

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/document/printed"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

// PageLayout is a layout that administrators keep: where the print of an issuer's
// documents stands beside the machine-readable zone.
type PageLayout struct {
	ID   string
	Name string // "Passport of Utopia"
	printed.Layout
	Version   int    // of the form that is saved; 0 for a new one
	ChangedBy string // staff id, "" for one that came with the program
	ChangedAt time.Time
}

// LayoutFormats are the zones whose page is known by its size.
var LayoutFormats = []document.Format{document.TD3, document.TD2, document.TD1, document.IDFRA}

const mostLayouts = 200

// administratorOnly lets those through who set the program up.
func administratorOnly(actor audit.Actor) error {
	if !hasRole(actor, "administrator") {
		return errs.New(errs.Forbidden, "role.administrator")
	}
	return nil
}

// PageLayouts lists the layouts by name.
func (s *Service) PageLayouts(ctx context.Context, actor audit.Actor) ([]PageLayout, error) {
	if err := administratorOnly(actor); err != nil {
		return nil, err
	}
	return listLayouts(s.store.Reader(ctx))
}

// PageLayout returns one. NotFound "layout.unknown".
func (s *Service) PageLayout(ctx context.Context, actor audit.Actor, id string) (PageLayout, error) {
	if err := administratorOnly(actor); err != nil {
		return PageLayout{}, err
	}
	return takeLayout(s.store.Reader(ctx), id)
}

// SaveLayout keeps a new layout, or a changed one. Errors: Invalid with the
// fields "name", "format", "issuer" and "regions", Conflict "layout.changed" when
// somebody else saved it meanwhile.
func (s *Service) SaveLayout(ctx context.Context, actor audit.Actor, l PageLayout) (PageLayout, error) {
	if err := administratorOnly(actor); err != nil {
		return l, err
	}
	l.Name, l.Issuer = strings.Join(strings.Fields(l.Name), " "), strings.ToUpper(strings.TrimSpace(l.Issuer))
	if err := l.valid(); err != nil {
		return l, err
	}
	fresh := l.ID == ""
	if fresh {
		l.ID = ids.New("lay")
	}
	l.ChangedBy, l.ChangedAt = actor.ID, s.clock.Now()
	entry := audit.Entry{Actor: actor, Action: "layout.saved", Subject: "layout:" + l.ID, Details: map[string]string{
		"format": string(l.Format), "issuer": l.Issuer, "regions": strconv.Itoa(len(l.Regions))}}
	err := s.log.Record(ctx, entry, func(tx *db.Tx) error {
		if fresh {
			l.Version = 1
			return insertLayout(tx, l)
		}
		before, err := holdLayout(tx, l.ID)
		if err != nil {
			return err
		}
		if before.Version != l.Version {
			return errs.New(errs.Conflict, "layout.changed")
		}
		l.Version++
		return saveLayout(tx, l)
	})
	return l, err
}

// RemoveLayout deletes one.
func (s *Service) RemoveLayout(ctx context.Context, actor audit.Actor, id string) error {
	if err := administratorOnly(actor); err != nil {
		return err
	}
	entry := audit.Entry{Actor: actor, Action: "layout.removed", Subject: "layout:" + id}
	return s.log.Record(ctx, entry, func(tx *db.Tx) error {
		if _, err := holdLayout(tx, id); err != nil {
			return err
		}
		return deleteLayout(tx, id)
	})
}

func (l PageLayout) valid() error {
	fields := map[string]string{}
	if reason := oneLine(l.Name, longestField, true); reason != "" {
		fields["name"] = reason
	}
	if !slices.Contains(LayoutFormats, l.Format) {
		fields["format"] = "field.choice"
	}
	if len(l.Issuer) > 3 || strings.Trim(l.Issuer, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		fields["issuer"] = "layout.issuer"
	}
	switch {
	case len(l.Regions) == 0:
		fields["regions"] = "layout.empty"
	case l.Check() != nil:
		fields["regions"] = "layout.region"
	}
	if len(fields) > 0 {
		return errs.Fields(fields)
	}
	return nil
}

// layoutFor is the layout of a document that was read; false when there is none.
func (s *Service) layoutFor(ctx context.Context, got document.Reading) (printed.Layout, bool, error) {
	list, err := listLayouts(s.store.Reader(ctx))
	if err != nil {
		return printed.Layout{}, false, err
	}
	layouts := make([]printed.Layout, len(list))
	for i, l := range list {
		layouts[i] = l.Layout
	}
	layout, fits := printed.Choose(layouts, got)
	return layout, fits, nil
}
