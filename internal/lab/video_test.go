package lab

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// clip makes a video of so many seconds.
func clip(t *testing.T, seconds string) []byte { return clipOf(t, seconds, "320x240") }

func clipOf(t *testing.T, seconds, size string) []byte {
	t.Helper()
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("ffmpeg must be there under CI")
		}
		t.Skip("ffmpeg is not installed, so no video can be read")
	}
	name := filepath.Join(t.TempDir(), "clip.mp4")
	cmd := exec.Command(path, "-v", "error", "-f", "lavfi", "-i", "testsrc=size="+size+":rate=30", "-t", seconds, "-pix_fmt", "yuv420p", name)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("this ffmpeg cannot write a film: %v %s", err, out)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestAVideoIsReadFromMemoryFifteenPicturesASecond(t *testing.T) {
	frames, err := video(context.Background(), clip(t, "2"))
	if err != nil {
		t.Fatal(err)
	}
	if len(frames) != 30 || frames[0].Rect.Dx() != 320 || frames[0].Rect.Dy() != 240 {
		t.Errorf("%d frames of %v", len(frames), frames[0].Rect)
	}
}

func TestATallVideoIsShrunkAndALongOneFillsNoMemory(t *testing.T) {
	frames, err := video(context.Background(), clipOf(t, "0.2", "64x4000"))
	if err != nil || frames[0].Rect.Dy() != videoSide {
		t.Fatal(err, len(frames))
	}
	one := bytes.Repeat([]byte{128}, 3*1280*1280)
	head := []byte("P6\n1280 1280\n255\n")
	var film []io.Reader
	for range 120 {
		film = append(film, bytes.NewReader(head), bytes.NewReader(one))
	}
	frames, err = readPPM(bufio.NewReader(io.MultiReader(film...)))
	held := 0
	for _, f := range frames {
		held += len(f.Pix)
	}
	if err != nil || held < videoMemory || held > videoMemory+videoMemory/10 {
		t.Errorf("%d frames in %d bytes, %v", len(frames), held, err)
	}
}

func TestWhatIsNoVideoIsRefused(t *testing.T) {
	clip(t, "0.1")
	for name, raw := range map[string][]byte{"nothing": nil, "text": []byte("file,person,kind,attack\n"), "cut": clip(t, "1")[:200], "playlist": []byte("ffconcat version 1.0\nfile '/etc/passwd'\n")} {
		if _, err := video(context.Background(), raw); !errors.Is(err, ErrVideo) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := video(context.Background(), make([]byte, videoBytes+1)); !errors.Is(err, ErrVideo) {
		t.Errorf("too large: %v", err)
	}
}

func TestVideosNameThePackageThatIsMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := video(context.Background(), []byte("x")); !errors.Is(err, ErrNoDecoder) {
		t.Errorf("%v", err)
	}
}
