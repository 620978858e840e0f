// Package aamva reads and writes the text in the bar code on the back of driving licences and identity cards of North America (AAMVA DL/ID Card Design Standard, versions 1 to 10 and what came before).
package aamva
