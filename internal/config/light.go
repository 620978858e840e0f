package config

const lighting = "TRUEPENNY_LIGHT"

// light reads whether captures offer coloured screen light.
func (l *loader) light() bool {
	v := l.value(lighting, "on")
	if v != "on" && v != "off" {
		l.refuse(lighting, "must be on or off", "off")
	}
	return v == "on"
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
