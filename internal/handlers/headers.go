package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// contentPolicy lets a page load from its own origin only: no inline script or
// style, no evaluation, no frame, no form to elsewhere.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

const (
	noSensors  = "microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), publickey-credentials-get=(self), publickey-credentials-create=(self)"
	cameraOff  = "camera=(), " + noSensors
	cameraSelf = "camera=(self), " + noSensors
)

// secure sets the headers that every response carries; the route table then
// opens the camera or the cache where a row asks for it.
func secure(https bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("Content-Security-Policy", contentPolicy)
			h.Set("Permissions-Policy", cameraOff)
			h.Set("Cache-Control", "no-store")
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("X-Frame-Options", "DENY")
			// Not "no-referrer": browsers would then send "Origin: null" with our own forms.
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
			if https {
				h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
			}
			return next(c)
		}
	}
}

// refuseForeign refuses state-changing requests that another site made a
// browser send (net/http.CrossOriginProtection).
func refuseForeign() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil {
				return foreignOrigin(err)
			}
			return next(c)
		}
	}
}
