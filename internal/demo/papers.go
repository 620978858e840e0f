package demo

import (
	"fmt"
	"image"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/sellers"
	"truepenny/internal/specimen"
)

const photoQuality = 88

var pages = map[sellers.DocumentKind]map[sellers.Side]specimen.Kind{
	sellers.Passport:     {sellers.Front: specimen.Passport},
	sellers.IdentityCard: {sellers.Front: specimen.CardFront, sellers.Back: specimen.CardBack},
	sellers.Licence:      {sellers.Front: specimen.LicenceFront, sellers.Back: specimen.LicenceBack},
}

// photographAll draws and photographs every paper of the applicants, on all
// cores: it is most of a seeding's work.
func photographAll(fonts *specimen.Fonts, all []*applicant, now time.Time) error {
	var drawing sync.Mutex // fonts serve one goroutine at a time
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, a := range all {
		group.Go(func() error {
			a.photos = map[specimen.Kind][]byte{}
			for _, kind := range a.papers() {
				drawing.Lock()
				page, err := specimen.Draw(fonts, a.spec(kind, now))
				drawing.Unlock()
				if err != nil {
					return err
				}
				if a.photos[kind], err = a.photograph(kind, page); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// papers lists what the applicant hands in as pictures of paper.
func (a *applicant) papers() []specimen.Kind {
	var out []specimen.Kind
	for _, side := range a.kind.Sides() {
		out = append(out, pages[a.kind][side])
	}
	if a.road == sellers.RoadDocuments || a.twist == noCamera {
		out = append(out, specimen.UtilityBill)
	}
	return out
}

func (a *applicant) spec(kind specimen.Kind, now time.Time) specimen.Spec {
	expires := now.AddDate(4, int(a.seed%7), 0)
	if a.twist == expired {
		expires = now.AddDate(0, -5, 0)
	}
	return specimen.Spec{
		Kind: kind, Portrait: image.Image(a.portrait.Image), Surname: a.family, GivenNames: a.given,
		Number: fmt.Sprintf("UT%07d", 1204117*a.seed%9999999), Sex: "F", Born: a.born,
		Issued: expires.AddDate(-10, 0, 0), Expires: expires,
		Address: []string{a.details.Address.Line1, a.details.Address.Postcode + " " + a.details.Address.City},
	}
}

// photograph takes a casual picture of a page; a bill is sent as scanned.
func (a *applicant) photograph(kind specimen.Kind, page *image.RGBA) ([]byte, error) {
	if kind == specimen.UtilityBill {
		return picture.EncodeJPEG(page, photoQuality)
	}
	shot := specimen.Casual(a.seed)
	shot.Width, shot.Height = 1280, 960
	if a.twist == darkPhoto {
		shot.Light, shot.Blur = 0.18, 2.5
	}
	photo, err := specimen.Photograph(page, shot)
	if err != nil {
		return nil, err
	}
	return picture.EncodeJPEG(photo, photoQuality)
}
