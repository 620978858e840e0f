package lab

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"time"

	"golang.org/x/sys/unix"
)

// Limits of a video of a set.
const (
	videoBytes  = 64 << 20
	videoLength = 30 * time.Second // what comes later is left out
	videoSide   = 1280             // pixels: larger videos are shrunk to this width
	videoRate   = 15               // pictures a second
)

// videoFormats are the containers that are read. Playlists, which name other
// files, are none of them.
const videoFormats = "mov,mp4,matroska,webm,avi"

// The ways a video cannot be read.
var (
	ErrNoDecoder = errors.New("lab: videos are read with ffmpeg, which is missing: install the Debian package ffmpeg")
	ErrVideo     = errors.New("lab: not a video that ffmpeg can read")
)

// video decodes a video's first half minute, 15 pictures a second. The bytes
// stay in memory: a set that was added by page must not touch the disk.
func video(ctx context.Context, raw []byte) ([]*image.RGBA, error) {
	if len(raw) > videoBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrVideo, len(raw), videoBytes)
	}
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		return nil, ErrNoDecoder
	}
	file, err := inMemory(raw)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	ctx, stop := context.WithTimeout(ctx, 2*time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, path, "-nostdin", "-v", "error", "-threads", "2", "-protocol_whitelist", "file", "-format_whitelist", videoFormats, "-i", "/proc/self/fd/3",
		"-t", fmt.Sprint(videoLength.Seconds()), "-an", "-vf", fmt.Sprintf("fps=%d,scale='min(%d,iw)':-2", videoRate, videoSide),
		"-f", "image2pipe", "-c:v", "ppm", "-")
	cmd.ExtraFiles = []*os.File{file}
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	frames, err := readPPM(bufio.NewReaderSize(out, 1<<20))
	stopped := cmd.Wait()
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrVideo, err)
	case stopped != nil || len(frames) == 0:
		return nil, fmt.Errorf("%w: %v %s", ErrVideo, stopped, bytes.TrimSpace(complaint.Bytes()))
	}
	return frames, nil
}

// inMemory is a file that ffmpeg can seek in and that lies on no disk.
func inMemory(raw []byte) (*os.File, error) {
	fd, err := unix.MemfdCreate("video", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("lab: memory for a video: %w", err)
	}
	file := os.NewFile(uintptr(fd), "video")
	if _, err := file.WriteAt(raw, 0); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// readPPM reads pictures in netpbm's P6 until the end.
func readPPM(r *bufio.Reader) ([]*image.RGBA, error) {
	var out []*image.RGBA
	for {
		if _, err := r.Peek(1); errors.Is(err, io.EOF) {
			return out, nil
		}
		var w, h, most int
		if _, err := fmt.Fscanf(r, "P6\n%d %d\n%d\n", &w, &h, &most); err != nil {
			return nil, err
		}
		if w < 16 || h < 16 || w > videoSide || h > 4*videoSide || most != 255 || len(out) > videoRate*int(videoLength.Seconds())+1 {
			return nil, fmt.Errorf("a picture of %d x %d", w, h)
		}
		img, row := image.NewRGBA(image.Rect(0, 0, w, h)), make([]byte, 3*w)
		for y := range h {
			if _, err := io.ReadFull(r, row); err != nil {
				return nil, err
			}
			for x := range w {
				p := img.Pix[y*img.Stride+4*x:]
				p[0], p[1], p[2], p[3] = row[3*x], row[3*x+1], row[3*x+2], 255
			}
		}
		out = append(out, img)
	}
}
