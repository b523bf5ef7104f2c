// A small web service: notes kept in memory, as JSON under /notes and as plain text under /, with middleware, limits and
// a graceful end. Started with an address it serves until it is interrupted:
//
//	minigo run examples/httpservice.go 127.0.0.1:8080
//	curl -d '{"title": "milk", "text": "two bottles"}' http://127.0.0.1:8080/notes
//
// Without one it is its own client for a moment.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Note is what the service keeps.
type Note struct {
	ID    int      `json:"id"`
	Title string   `json:"title"`
	Text  string   `json:"text,omitempty"`
	Tags  []string `json:"tags,omitempty"`
}

// Notes is a store of notes that many requests use at once.
type Notes struct {
	mu   sync.RWMutex
	last int
	byID map[int]Note
}

func (n *Notes) add(note Note) Note {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.last++
	note.ID = n.last
	n.byID[note.ID] = note
	return note
}

func (n *Notes) get(id int) (Note, bool) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	note, ok := n.byID[id]
	return note, ok
}

func (n *Notes) replace(note Note) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, ok := n.byID[note.ID]
	if ok {
		n.byID[note.ID] = note
	}
	return ok
}

func (n *Notes) remove(id int) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, ok := n.byID[id]
	delete(n.byID, id)
	return ok
}

func (n *Notes) list(tag string) []Note {
	n.mu.RLock()
	defer n.mu.RUnlock()
	found := []Note{}
	for _, note := range n.byID {
		if tag == "" || slices.Contains(note.Tags, tag) {
			found = append(found, note)
		}
	}
	slices.SortFunc(found, func(a, b Note) int { return a.ID - b.ID })
	return found
}

// failure is an error with the status that it is answered with.
type failure struct {
	status int
	text   string
}

func (f failure) Error() string { return f.text }

// handler is a handler that may fail.
type handler func(w http.ResponseWriter, r *http.Request) error

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h(w, r)
	if err == nil {
		return
	}
	f := failure{http.StatusInternalServerError, err.Error()}
	errors.As(err, &f)
	writeJSON(w, f.status, map[string]string{"error": f.text})
}

func writeJSON(w http.ResponseWriter, status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, err = w.Write(append(b, '\n'))
	return err
}

func readNote(w http.ResponseWriter, r *http.Request) (note Note, err error) {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1000))
	d.DisallowUnknownFields()
	var large *http.MaxBytesError
	switch err := d.Decode(&note); {
	case errors.As(err, &large):
		return note, failure{http.StatusRequestEntityTooLarge, fmt.Sprintf("more than %d bytes", large.Limit)}
	case err != nil:
		return note, failure{http.StatusBadRequest, err.Error()}
	case note.Title == "":
		return note, failure{http.StatusUnprocessableEntity, "a note needs a title"}
	}
	return note, nil
}

func pathID(r *http.Request) (int, error) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return 0, failure{http.StatusBadRequest, "no number: " + strconv.Quote(r.PathValue("id"))}
	}
	return id, nil
}

var errNoNote = failure{http.StatusNotFound, "there is no such note"}

// routes is the service itself.
func routes(notes *Notes, requests *atomic.Int64) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%d notes\n", len(notes.list("")))
	})
	mux.HandleFunc("GET /hello/{name}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "hello, %s\n", r.PathValue("name"))
	})
	mux.Handle("GET /notes", handler(func(w http.ResponseWriter, r *http.Request) error {
		return writeJSON(w, http.StatusOK, notes.list(r.URL.Query().Get("tag")))
	}))
	mux.Handle("POST /notes", handler(func(w http.ResponseWriter, r *http.Request) error {
		note, err := readNote(w, r)
		if err != nil {
			return err
		}
		note = notes.add(note)
		w.Header().Set("Location", fmt.Sprintf("/notes/%d", note.ID))
		return writeJSON(w, http.StatusCreated, note)
	}))
	mux.Handle("GET /notes/{id}", handler(func(w http.ResponseWriter, r *http.Request) error {
		id, err := pathID(r)
		if err != nil {
			return err
		}
		note, ok := notes.get(id)
		if !ok {
			return errNoNote
		}
		return writeJSON(w, http.StatusOK, note)
	}))
	mux.Handle("PUT /notes/{id}", handler(func(w http.ResponseWriter, r *http.Request) error {
		id, err := pathID(r)
		if err != nil {
			return err
		}
		note, err := readNote(w, r)
		if err != nil {
			return err
		}
		if note.ID = id; !notes.replace(note) {
			return errNoNote
		}
		return writeJSON(w, http.StatusOK, note)
	}))
	mux.Handle("DELETE /notes/{id}", handler(func(w http.ResponseWriter, r *http.Request) error {
		id, err := pathID(r)
		if err != nil {
			return err
		}
		if !notes.remove(id) {
			return errNoNote
		}
		w.WriteHeader(http.StatusNoContent)
		return nil
	}))
	mux.HandleFunc("GET /statistics", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusOK, map[string]int64{"requests": requests.Load()})
	})
	mux.HandleFunc("GET /broken", func(w http.ResponseWriter, r *http.Request) {
		var none *Note
		fmt.Fprintln(w, none.Title)
	})
	return mux
}

// ---- middleware ----

// counted counts requests.
func counted(requests *atomic.Int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		next.ServeHTTP(w, r)
	})
}

// recovered answers when a handler panics.
func recovered(logger *log.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if e := recover(); e != nil {
				logger.Printf("%s %s: %v", r.Method, r.URL.Path, e)
				http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// statusWriter remembers the status.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// logged writes a line for each request.
func logged(logger *log.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &statusWriter{w, http.StatusOK}
		next.ServeHTTP(s, r)
		logger.Printf("%s %s %d", r.Method, r.URL, s.status)
	})
}

// ---- the program ----

func main() {
	notes := &Notes{byID: map[int]Note{}}
	var requests atomic.Int64
	logger := log.New(os.Stdout, "log: ", 0)
	h := counted(&requests, recovered(logger, routes(notes, &requests)))
	addr := "127.0.0.1:0"
	if len(os.Args) > 1 {
		addr = os.Args[1]
	} else {
		h = logged(logger, h)
	}
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       time.Minute,
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) == 1 {
		go func() {
			demo("http://" + l.Addr().String())
			stop()
		}()
	} else {
		fmt.Println("serving at", l.Addr())
	}
	ended := make(chan error)
	go func() {
		<-ctx.Done()
		fmt.Println("shutting down")
		limit, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		ended <- server.Shutdown(limit)
	}()
	if err := server.Serve(l); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	if err := <-ended; err != nil {
		log.Fatal(err)
	}
	fmt.Println("served", requests.Load(), "requests")
}

// demo uses the service as a client would.
func demo(base string) {
	client := &http.Client{Timeout: 30 * time.Second}
	do := func(method, path, body string) {
		req, err := http.NewRequest(method, base+path, strings.NewReader(body))
		if err != nil {
			log.Fatal(err)
		}
		resp, err := client.Do(req)
		if err != nil {
			log.Fatal(err)
		}
		defer resp.Body.Close()
		answer, err := io.ReadAll(resp.Body)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(method, path, "->", resp.Status)
		if at := resp.Header.Get("Location"); at != "" {
			fmt.Println("    at", at)
		}
		if answer = bytes.TrimSpace(answer); len(answer) > 0 {
			fmt.Printf("    %s\n", answer)
		}
	}
	do("POST", "/notes", `{"title": "milk", "text": "two bottles", "tags": ["shop", "today"]}`)
	do("POST", "/notes", `{"title": "bread", "tags": ["shop"]}`)
	do("POST", "/notes", `{"title": "call home", "text": "\u00fcber <all>"}`)
	do("GET", "/notes", "")
	do("GET", "/notes?tag=shop", "")
	do("GET", "/notes/3", "")
	do("PUT", "/notes/2", `{"title": "bread and butter"}`)
	do("DELETE", "/notes/1", "")
	do("GET", "/notes/1", "")
	do("GET", "/notes/one", "")
	do("POST", "/notes", `{"text": "no title"}`)
	do("POST", "/notes", `{"titel": "misspelt"}`)
	do("POST", "/notes", `{"title": `)
	do("POST", "/notes", `{"title": "`+strings.Repeat("long ", 300)+`"}`)
	do("PATCH", "/notes/2", "")
	do("GET", "/hello/gopher%20dear", "")
	do("GET", "/nowhere", "")
	do("GET", "/broken", "")
	do("GET", "/statistics", "")
	do("GET", "/", "")
}

// Output:
// log: POST /notes 201
// POST /notes -> 201 Created
//     at /notes/1
//     {"id":1,"title":"milk","text":"two bottles","tags":["shop","today"]}
// log: POST /notes 201
// POST /notes -> 201 Created
//     at /notes/2
//     {"id":2,"title":"bread","tags":["shop"]}
// log: POST /notes 201
// POST /notes -> 201 Created
//     at /notes/3
//     {"id":3,"title":"call home","text":"über \u003call\u003e"}
// log: GET /notes 200
// GET /notes -> 200 OK
//     [{"id":1,"title":"milk","text":"two bottles","tags":["shop","today"]},{"id":2,"title":"bread","tags":["shop"]},{"id":3,"title":"call home","text":"über \u003call\u003e"}]
// log: GET /notes?tag=shop 200
// GET /notes?tag=shop -> 200 OK
//     [{"id":1,"title":"milk","text":"two bottles","tags":["shop","today"]},{"id":2,"title":"bread","tags":["shop"]}]
// log: GET /notes/3 200
// GET /notes/3 -> 200 OK
//     {"id":3,"title":"call home","text":"über \u003call\u003e"}
// log: PUT /notes/2 200
// PUT /notes/2 -> 200 OK
//     {"id":2,"title":"bread and butter"}
// log: DELETE /notes/1 204
// DELETE /notes/1 -> 204 No Content
// log: GET /notes/1 404
// GET /notes/1 -> 404 Not Found
//     {"error":"there is no such note"}
// log: GET /notes/one 400
// GET /notes/one -> 400 Bad Request
//     {"error":"no number: \"one\""}
// log: POST /notes 422
// POST /notes -> 422 Unprocessable Entity
//     {"error":"a note needs a title"}
// log: POST /notes 400
// POST /notes -> 400 Bad Request
//     {"error":"json: unknown field \"titel\""}
// log: POST /notes 400
// POST /notes -> 400 Bad Request
//     {"error":"unexpected EOF"}
// log: POST /notes 413
// POST /notes -> 413 Request Entity Too Large
//     {"error":"more than 1000 bytes"}
// log: PATCH /notes/2 405
// PATCH /notes/2 -> 405 Method Not Allowed
//     Method Not Allowed
// log: GET /hello/gopher%20dear 200
// GET /hello/gopher%20dear -> 200 OK
//     hello, gopher dear
// log: GET /nowhere 404
// GET /nowhere -> 404 Not Found
//     404 page not found
// log: GET /broken: runtime error: invalid memory address or nil pointer dereference
// log: GET /broken 500
// GET /broken -> 500 Internal Server Error
//     Internal Server Error
// log: GET /statistics 200
// GET /statistics -> 200 OK
//     {"requests":19}
// log: GET / 200
// GET / -> 200 OK
//     2 notes
// shutting down
// served 20 requests
