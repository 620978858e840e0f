package handlers_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"truepenny/internal/handlers"
	"truepenny/internal/staff"
)

var update = flag.Bool("update", false, "write testdata/access.txt anew")

func (m *market) rows() []handlers.Row {
	return handlers.Rows(handlers.Deps{Development: true, Sellers: m.cases})
}

// TestWhoMayReachWhatIsAsWrittenDown makes every change of access a line in a
// diff: run it with -update and have the change read.
func TestWhoMayReachWhatIsAsWrittenDown(t *testing.T) {
	const file = "testdata/access.txt"
	var b strings.Builder
	for _, r := range openMarket(t).rows() {
		camera := ""
		if r.Camera {
			camera = " +camera"
		}
		fmt.Fprintf(&b, "%-4s %-50s %s%s\n", r.Method, r.Path, r.Who(), camera)
	}
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the table of routes is not what %s says; now it is:\n%s", file, b.String())
	}
}

func TestRouteNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range openMarket(t).rows() {
		if r.Name == "" || seen[r.Name] {
			t.Errorf("%s %s has the name %q", r.Method, r.Path, r.Name)
		}
		seen[r.Name] = true
	}
}

// caller is somebody who tries every route.
type caller struct {
	name  string
	comes func(t *testing.T) *person // afresh: some routes sign out
	may   func(r handlers.Row) bool
}

func (m *market) callers(t *testing.T) []caller {
	out := []caller{
		{"nobody", m.somebody, func(r handlers.Row) bool { return r.Open() }},
		{"seller", func(t *testing.T) *person { return m.as(t, m.account.Holder()) }, func(r handlers.Row) bool { return r.Open() || r.Seller }},
	}
	for _, role := range staff.Roles {
		member := m.Member(t, "Demo "+string(role), role)
		out = append(out, caller{string(role),
			func(t *testing.T) *person { return m.as(t, member.Holder()) },
			func(r handlers.Row) bool { return r.Open() || slices.Contains(r.Roles, role) }})
	}
	return out
}

func TestEveryRouteForEveryRoleAndNobody(t *testing.T) {
	m := openMarket(t)
	for _, who := range m.callers(t) {
		t.Run(who.name, func(t *testing.T) {
			for _, r := range m.rows() {
				got := m.try(t, who, r)
				if who.may(r) {
					wantPassed(t, who, r, got)
				} else {
					wantStopped(t, who, r, got)
				}
				wantHeaders(t, who, r, got)
			}
		})
	}
}

// try calls a route with an id that nothing has.
func (m *market) try(t *testing.T, who caller, r handlers.Row) answer {
	path := r.Path
	for _, name := range []string{":id", ":part", ":token", ":side", ":index", ":evidence", ":capture", ":size"} {
		path = strings.ReplaceAll(path, name, "none")
	}
	if strings.Contains(path, ":") {
		t.Fatalf("route %s has a parameter that this test does not know", r.Path)
	}
	p := who.comes(t)
	if r.Method == http.MethodGet {
		return p.get(path)
	}
	return p.post(path)
}

func wantPassed(t *testing.T, who caller, r handlers.Row, got answer) {
	turnedAway := got.status == http.StatusUnauthorized && !r.Open() // a door itself may say no
	if turnedAway || got.status == http.StatusForbidden || got.status >= 500 || strings.Contains(got.to, "next=") {
		t.Errorf("%s may %s %s but got %d %s", who.name, r.Method, r.Path, got.status, got.to)
	}
}

func wantStopped(t *testing.T, who caller, r handlers.Row, got answer) {
	want := http.StatusForbidden
	if who.name == "nobody" {
		want = http.StatusUnauthorized
		if r.Method == http.MethodGet {
			want = http.StatusSeeOther // to the door, and back afterwards
		}
	}
	if got.status != want {
		t.Errorf("%s must not %s %s, got %d, want %d", who.name, r.Method, r.Path, got.status, want)
	}
}

// wantHeaders checks what every answer must carry, also a refusal.
func wantHeaders(t *testing.T, who caller, r handlers.Row, got answer) {
	h := got.header
	policy := h.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("%s %s: content policy %q", r.Method, r.Path, policy)
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if h.Get(name) != want {
			t.Errorf("%s %s: %s is %q", r.Method, r.Path, name, h.Get(name))
		}
	}
	open := strings.Contains(h.Get("Permissions-Policy"), "camera=(self)")
	if open != (r.Camera && who.may(r)) {
		t.Errorf("%s %s for %s: camera open is %v", r.Method, r.Path, who.name, open)
	}
	if who.name != "nobody" && h.Get("Cache-Control") != "no-store" {
		t.Errorf("%s %s for %s may be kept: %q", r.Method, r.Path, who.name, h.Get("Cache-Control"))
	}
	for _, cookie := range h.Values("Set-Cookie") {
		if !strings.HasPrefix(cookie, "__Host-") || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "Secure") || !strings.Contains(cookie, "SameSite=Lax") {
			t.Errorf("%s %s sets the cookie %q", r.Method, r.Path, cookie)
		}
	}
}

func TestAnotherSitesFormIsRefused(t *testing.T) {
	m := openMarket(t)
	for _, r := range m.rows() {
		if r.Method == http.MethodGet {
			continue
		}
		request, err := http.NewRequestWithContext(t.Context(), r.Method, m.url+strings.NewReplacer(":id", "x", ":part", "x").Replace(r.Path), nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Origin", "https://evil.example")
		request.Header.Set("Sec-Fetch-Site", "cross-site")
		response, err := m.marit.client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusForbidden {
			t.Errorf("%s %s from another site got %d", r.Method, r.Path, response.StatusCode)
		}
	}
}
