package api

import (
	"context"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

type uploadedFile struct {
	ID          string    `json:"id" doc:"Of the content: the same file has the same one"`
	Filename    string    `json:"filename"`
	ContentType string    `json:"contentType"`
	Size        int64     `json:"size" doc:"Bytes"`
	UploadedAt  time.Time `json:"uploadedAt"`
}

func uploadOf(f store.FileRow) uploadedFile {
	return uploadedFile{f.ID, f.Filename, f.ContentType, f.Size, f.UploadedAt.UTC()}
}

type oneUpload struct{ Body uploadedFile }

// download is a file that browsers save and never show as a page of ours.
type download struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte `contentType:"application/octet-stream"`
}

func (a *api) registerFiles() {
	const tag = "files"
	path := under("files")
	register(a, operation{
		id: "list-files", method: http.MethodGet, path: path, tag: tag, role: auth.Viewer,
		summary: "List the uploaded files", zh: "已上传文件列表",
	}, a.listFiles)
	register(a, operation{
		id: "upload-file", method: http.MethodPost, path: path, tag: tag, role: auth.Editor, status: http.StatusCreated,
		summary: "Upload a file, as the body with its Content-Type; at most 16 MiB", zh: "上传文件：以请求体及其 Content-Type 发送，最大 16 MiB",
	}, a.uploadFile)
	a.huma.OpenAPI().Paths[path].Post.RequestBody = &huma.RequestBody{
		Required: true, Content: map[string]*huma.MediaType{"*/*": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}},
	}
	register(a, operation{
		id: "download-file", method: http.MethodGet, path: path + "/{id}", tag: tag, role: auth.Viewer,
		summary: "Download a file: an upload, a record's, or one of a request", zh: "下载文件：上传的、记录中的或请求中的",
	}, a.downloadFile)
	register(a, operation{
		id: "delete-file", method: http.MethodDelete, path: path + "/{id}", tag: tag, role: auth.Editor, status: http.StatusNoContent,
		summary: "Give up an upload; records that hold the file keep it", zh: "删除上传的文件；仍引用它的记录会保留它",
	}, a.deleteFile)
}

func (a *api) listFiles(ctx context.Context, in *Page) (*listOf[uploadedFile], error) {
	found, err := a.Files.Uploads(ctx)
	if err != nil {
		return nil, err
	}
	return paged(in, found, uploadOf)
}

func (a *api) uploadFile(ctx context.Context, in *struct {
	Filename string `query:"filename" required:"true" minLength:"1" maxLength:"255" doc:"Its name"`
	Raw
},
) (*oneUpload, error) {
	if strings.ContainsFunc(in.Filename, unicode.IsControl) {
		return nil, hookflow.Invalid("the upload is not valid", hookflow.Problem{Pointer: "/filename", Detail: "must not hold control characters"})
	}
	row, err := a.Files.Upload(ctx, in.Filename, in.ContentType, in.RawBody)
	return &oneUpload{uploadOf(row)}, err
}

func (a *api) downloadFile(ctx context.Context, in *struct {
	ID       string `path:"id" maxLength:"100"`
	Filename string `query:"filename" maxLength:"255" doc:"Name to save it under, instead of its own"`
},
) (*download, error) {
	if _, err := request.ParseFileID(in.ID); err != nil {
		return nil, hookflow.Errorf(hookflow.CodeNotFound, "there is no such file")
	}
	found, err := a.Files.Open(ctx, value.String(in.ID))
	if err != nil {
		return nil, err
	}
	if in.Filename != "" {
		found.Filename = in.Filename
	}
	return &download{
		ContentType: found.MediaType(), Disposition: found.Disposition(), Policy: "default-src 'none'; sandbox",
		Body: a.Env.Masker().Bytes(found.Content),
	}, nil
}

func (a *api) deleteFile(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"100"`
},
) (*empty, error) {
	return nil, a.Files.GiveUp(ctx, in.ID)
}
