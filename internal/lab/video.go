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
	"time"

	"golang.org/x/sys/unix"

	limited "truepenny/internal/bounded"
)

// Limits of a video of a set.
const (
	videoBytes  = 64 << 20
	videoLength = 30 * time.Second // what comes later is left out
	videoSide   = 1280             // pixels: larger videos are shrunk to this side
	videoRate   = 15               // pictures a second
	videoMemory = 512 << 20        // bytes of all pictures: nine seconds of the largest; what comes later is left out
)

// decoding bounds ffmpeg, which reads what strangers made: its own memory is that
// of a film of 4K.
var decoding = limited.Limits{Time: 2 * time.Minute, Memory: 2 << 30}

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
	ffmpeg, err := limited.Find("ffmpeg", decoding)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoDecoder, err)
	}
	file, err := inMemory(raw)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var frames []*image.RGBA
	take := func(r io.Reader) (err error) {
		frames, err = readPPM(bufio.NewReaderSize(r, 1<<20))
		return err
	}
	said, err := ffmpeg.Stream(ctx, file, take, "-nostdin", "-v", "error", "-threads", "2", "-protocol_whitelist", "file", "-format_whitelist", videoFormats,
		"-i", "/proc/self/fd/3", "-t", fmt.Sprint(videoLength.Seconds()), "-an",
		"-vf", fmt.Sprintf("fps=%d,scale='min(%d,iw)':'min(%d,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2", videoRate, videoSide, videoSide),
		"-f", "image2pipe", "-c:v", "ppm", "-")
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil || len(frames) == 0:
		return nil, fmt.Errorf("%w: %v %s", ErrVideo, err, bytes.TrimSpace(said))
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

// readPPM reads pictures in netpbm's P6 until the end, or until they are as many
// as memory is meant for.
func readPPM(r *bufio.Reader) ([]*image.RGBA, error) {
	var out []*image.RGBA
	for held := 0; ; held += len(out[len(out)-1].Pix) {
		if _, err := r.Peek(1); errors.Is(err, io.EOF) || held > videoMemory {
			return out, nil
		}
		var w, h, most int
		if _, err := fmt.Fscanf(r, "P6\n%d %d\n%d\n", &w, &h, &most); err != nil {
			return nil, err
		}
		if w < 16 || h < 16 || w > videoSide || h > videoSide || most != 255 || len(out) > videoRate*int(videoLength.Seconds())+1 {
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
