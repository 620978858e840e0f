package laboratory

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A set of bar codes has no labels file: what a picture says stands in a file
// of its name, and a code that is spread over several pictures has one for all
// of them (02-01.png, 02-02.png, 02.txt). Texts without a picture are licences.
const codesName = "codes.csv" // of the labels that are made for it

var (
	codePictures = []string{".png", ".jpg", ".jpeg", ".webp"}
	codeLabels   = []string{".txt", ".bin"}
)

// codes lists the files of such a set under names that say nothing but which
// belong together; false when there is none.
func codes(files fs.FS) (raw []byte, found bool, err error) {
	var all []string
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		ext := strings.ToLower(path.Ext(name))
		if err != nil || d.IsDir() || strings.HasPrefix(path.Base(name), ".") || strings.HasPrefix(name, "__MACOSX/") || !plainName(name) ||
			!slices.Contains(codePictures, ext) && !slices.Contains(codeLabels, ext) {
			return err
		}
		if all = append(all, name); len(all) > mostFiles {
			return wrong("lab.labels.many", 0, "more than %d files", mostFiles)
		}
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	labelled := map[string]string{} // by stem, the name of what belongs together
	for _, name := range all {
		if slices.Contains(codeLabels, strings.ToLower(path.Ext(name))) {
			stem := strings.TrimSuffix(name, path.Ext(name))
			labelled[stem] = "b" + strconv.Itoa(len(labelled)+1)
		}
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	rows := [][]string{{"file", "text"}}
	for i, name := range all {
		rows = append(rows, []string{name, codeName(name, i, labelled)})
	}
	err = w.WriteAll(rows)
	return out.Bytes(), len(labelled) > 0, err
}

// codeName keeps the ties between a picture and its label, and nothing else of
// their names.
func codeName(name string, i int, labelled map[string]string) string {
	ext := strings.ToLower(path.Ext(name))
	stem := strings.TrimSuffix(name, path.Ext(name))
	if base := labelled[stem]; base != "" {
		return base + ext
	}
	if at := strings.LastIndexByte(stem, '-'); at > 0 && labelled[stem[:at]] != "" {
		return fmt.Sprintf("%s-%04d%s", labelled[stem[:at]], i, ext)
	}
	return fmt.Sprintf("unlabelled%04d%s", i, ext)
}

// codeShelf is a shelf whose files stand under the names of codes.
type codeShelf struct {
	*shelf
	ids   map[string]string // file id with its ending, by name
	names []string
}

func newCodeShelf(sh *shelf) (*codeShelf, error) {
	rows, err := csv.NewReader(bytes.NewReader(sh.labels)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("labels of set %s: %w", sh.set.ID, err)
	}
	c := &codeShelf{shelf: sh, ids: map[string]string{}}
	for _, row := range rows[1:] {
		c.ids[row[1]] = row[0]
		c.names = append(c.names, row[1])
	}
	slices.Sort(c.names)
	return c, nil
}

// Open opens a picture or a label.
func (c *codeShelf) Open(name string) (fs.File, error) { return c.shelf.Open(c.ids[name]) }

// ReadFile is Open for the whole of a file.
func (c *codeShelf) ReadFile(name string) ([]byte, error) { return c.shelf.ReadFile(c.ids[name]) }

// Stat tells without opening anything whether a file is there.
func (c *codeShelf) Stat(name string) (fs.FileInfo, error) {
	if name == "." {
		return &folderInfo{}, nil
	}
	if c.ids[name] == "" {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return &opened{name: name}, nil
}

// ReadDir lists the one folder that there is.
func (c *codeShelf) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	out := make([]fs.DirEntry, len(c.names))
	for i, n := range c.names {
		out[i] = fs.FileInfoToDirEntry(&opened{name: n})
	}
	return out, nil
}

// folderInfo is the folder of a codeShelf.
type folderInfo struct{ opened }

func (*folderInfo) Name() string      { return "." }
func (*folderInfo) IsDir() bool       { return true }
func (*folderInfo) Mode() fs.FileMode { return fs.ModeDir | 0o500 }
