package handlers_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"truepenny/views/paths"
)

// askFrom asks for a sign-in link as a reverse proxy on this machine passes it on.
func (m *market) askFrom(t *testing.T, forwarded, email string) int {
	t.Helper()
	form := strings.NewReader(url.Values{"email": {email}}.Encode())
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, m.url+paths.SignIn(), form)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("X-Forwarded-For", forwarded)
	answer, err := m.marit.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

func TestBehindAProxyEveryNetworkHasItsOwnLimit(t *testing.T) {
	m := openMarket(t)
	const attacker = "203.0.113.7"
	refused := false
	for i := range 200 {
		refused = refused || m.askFrom(t, attacker, "not an address "+strconv.Itoa(i)) == http.StatusTooManyRequests
	}
	if !refused {
		t.Fatal("one network asks without end")
	}
	if got := m.askFrom(t, "198.51.100.9", "ina@seller.example"); got != http.StatusSeeOther {
		t.Errorf("another network is shut out: %d", got)
	}
	if got := m.askFrom(t, "198.51.100.10, "+attacker, "ina@seller.example"); got != http.StatusTooManyRequests {
		t.Errorf("what the attacker says of themselves counts: %d", got)
	}
}
