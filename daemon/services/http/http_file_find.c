/* http_file_find.c — the walk from the root to a file. */
#include "services/http/http_file_find.h"
#include "services/http/http_file_open.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	FLAGS_FOLDER = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
	/* Of http_coding_suffix. */
	SUFFIX_MAX = 8,
};

/* How far the walk has come. */
struct walk {
	const struct http_site *site;
	struct http_file_watch *watch;
	int folder;      /* open, where IS_LINKED is not set */
	bool is_linked;  /* there is a symbolic link on the way: the kernel
	                    resolves the whole path, and no folder is
	                    watched from here on */
	uint8_t codings; /* that the client takes */
	struct http_file_mark mark;
};

/* A path and the name at its end; behind that there is room for a suffix. */
struct full {
	char text[HTTP_FILE_OPEN_JOINED_MAX + SUFFIX_MAX];
	size_t len;
	size_t name_at;
};

static void
leave_folder(struct walk *walk)
{
	if (walk->folder != -1 && walk->folder != walk->site->root)
		close(walk->folder);
	walk->folder = -1;
}

/* From here on the kernel resolves. */
static void
become_linked(struct walk *walk)
{
	leave_folder(walk);
	walk->is_linked = true;
	walk->mark.is_whole = false;
}

/* Goes into the folder NAME. False: errno says why not. */
static bool
enter(struct walk *walk, const char *name)
{
	int folder = openat(walk->folder, name, FLAGS_FOLDER);

	if (folder == -1 && (errno == ENOTDIR || errno == ELOOP)) {
		/* A link, perhaps; or a file, which fails once more. */
		become_linked(walk);
		return true;
	}
	if (folder == -1)
		return false;
	leave_folder(walk);
	walk->folder = folder;
	http_file_watch_add(walk->watch, folder, &walk->mark);
	return true;
}

/* Goes through the first LEN bytes of PATH. False: errno says why not. */
static bool
walk_folders(struct walk *walk, const struct http_path *path, size_t len)
{
	char name[HTTP_PATH_MAX];
	size_t start = 0;

	http_file_watch_add(walk->watch, walk->folder, &walk->mark);
	while (start < len && !walk->is_linked) {
		const char *slash =
		    memchr(path->text + start, '/', len - start);
		size_t end = slash != NULL ? (size_t)(slash - path->text) : len;

		memcpy(name, path->text + start, end - start);
		name[end - start] = '\0';
		if (!enter(walk, name))
			return false;
		start = end + 1;
	}
	return true;
}

/* Opens FULL, whose folder the walk has reached. */
static int
open_file(struct walk *walk, const struct full *full)
{
	if (!walk->is_linked) {
		int fd = openat(walk->folder, full->text + full->name_at,
		    HTTP_FILE_OPEN_FLAGS | O_NOFOLLOW);

		if (fd != -1 || errno != ELOOP)
			return fd;
		become_linked(walk);
	}
	return http_file_open(walk->site, full->text, HTTP_FILE_OPEN_FLAGS);
}

static void
fail(struct http_file_found *found, enum http_status status, const char *why)
{
	found->status = status;
	found->why = why;
	if (found->fd != -1)
		close(found->fd);
	found->fd = -1;
}

/* What ERROR of a system call means to the one who asked. */
static void
fail_with(struct http_file_found *found, int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
	case ENAMETOOLONG:
	case ENXIO: /* a socket, a FIFO's or device's missing other end */
	case ENODEV:
	case ELOOP:
	case EXDEV: /* a link that leads out of the root */
	case EINVAL:
		fail(found, HTTP_STATUS_NOT_FOUND,
		    "There is no such file here.");
		return;
	case EACCES:
	case EPERM:
		fail(found, HTTP_STATUS_FORBIDDEN,
		    "The server may not read this file.");
		return;
	case EMFILE:
	case ENFILE:
	case ENOMEM:
	case EAGAIN:
		fail(found, HTTP_STATUS_UNAVAILABLE,
		    "Too many files are open. Try again in a moment.");
		return;
	case ENOSYS: /* no openat2: links cannot be proved to stay inside */
		fail(found, HTTP_STATUS_FORBIDDEN,
		    "This server's kernel is too old to follow symbolic "
		    "links safely.");
		return;
	default:
		fail(
		    found, HTTP_STATUS_INTERNAL, "The file could not be read.");
		return;
	}
}

/* FD was opened, or not: errno. True when it is a regular file. */
static bool
take_file(struct http_file_found *found, int fd)
{
	found->fd = fd;
	if (fd == -1 || fstat(fd, &found->stat) == -1) {
		fail_with(found, errno);
		return false;
	}
	if (S_ISREG(found->stat.st_mode)) {
		found->status = HTTP_STATUS_OK;
		return true;
	}
	fail(found, HTTP_STATUS_FORBIDDEN, "This is not a regular file.");
	return false;
}

/* FORM was made of a FILE that has changed since. A time of whole seconds is
 * taken for that of its file cut short, as brotli(1) and archives do. */
static bool
is_behind(const struct stat *form, const struct stat *file)
{
	if (form->st_mtim.tv_sec != file->st_mtim.tv_sec)
		return form->st_mtim.tv_sec < file->st_mtim.tv_sec;
	return form->st_mtim.tv_nsec != 0 &&
	       form->st_mtim.tv_nsec < file->st_mtim.tv_nsec;
}

/* Opens the form CODING of FULL, which is ORIGINAL. -1: there is none. */
static int
open_form(struct walk *walk, struct full *full, enum http_coding coding,
    const struct stat *original, struct stat *stat)
{
	(void)snprintf(full->text + full->len, sizeof(full->text) - full->len,
	    "%s", http_coding_suffix(coding));
	int fd = open_file(walk, full);

	full->text[full->len] = '\0';
	if (fd == -1)
		return -1;
	if (fstat(fd, stat) == 0 && S_ISREG(stat->st_mode) &&
	    !is_behind(stat, original))
		return fd;
	close(fd);
	return -1;
}

/* FULL is the file FOUND: puts the best of its forms in its place. */
static void
find_forms(struct walk *walk, struct full *full, struct http_file_found *found)
{
	struct stat stats[HTTP_CODING_COUNT];
	int fds[HTTP_CODING_COUNT];

	fds[HTTP_CODING_NONE] = found->fd;
	stats[HTTP_CODING_NONE] = found->stat;
	found->forms = 1 << HTTP_CODING_NONE;
	for (unsigned i = HTTP_CODING_NONE + 1; i < HTTP_CODING_COUNT; i++) {
		fds[i] = open_form(
		    walk, full, (enum http_coding)i, &found->stat, &stats[i]);
		if (fds[i] != -1)
			found->forms |= (uint8_t)(1 << i);
	}
	found->coding = http_file_find_form(found->forms, walk->codings);
	for (unsigned i = 0; i < HTTP_CODING_COUNT; i++) {
		if (fds[i] != -1 && i != found->coding)
			close(fds[i]);
	}
	if (found->coding == HTTP_FILE_FIND_REFUSED) {
		found->fd = -1;
		fail(found, HTTP_STATUS_NOT_ACCEPTABLE,
		    "The file is here in no coding that the request's "
		    "Accept-Encoding takes.");
		return;
	}
	found->fd = fds[found->coding];
	found->stat = stats[found->coding];
}

/* Opens FULL and whatever stands for it. True when it is a regular file. */
static bool
find_full(struct walk *walk, struct full *full, struct http_file_found *found)
{
	if (!take_file(found, open_file(walk, full)))
		return false;
	if (walk->site->has_variants)
		find_forms(walk, full, found);
	return true;
}

/* PATH is a folder without an index. */
static void
find_folder(struct walk *walk, const struct http_path *path, bool is_listed,
    struct http_file_found *found)
{
	int flags = (is_listed ? O_RDONLY : O_PATH) | O_DIRECTORY | O_CLOEXEC;

	found->fd = walk->is_linked
	                ? http_file_open(walk->site, path->text, flags)
	                : openat(walk->folder, ".", flags);
	if (found->fd == -1 || fstat(found->fd, &found->stat) == -1) {
		fail_with(found, errno);
	} else if (is_listed) {
		found->status = HTTP_STATUS_OK;
		found->is_folder = true;
	} else {
		fail(found, HTTP_STATUS_FORBIDDEN,
		    "This folder has no index page, and lists are not given "
		    "here.");
	}
}

/* PATH is written as a folder: its first index file that there is, or itself.
 */
static void
find_index(struct walk *walk, const struct http_path *path, bool is_listed,
    struct http_file_found *found)
{
	struct full full = {.name_at = path->len + (path->len > 0)};

	for (size_t i = 0; i < walk->site->index_count; i++) {
		const char *index = walk->site->indexes[i];

		full.len = http_file_open_join(full.text, path, index);
		if (find_full(walk, &full, found)) {
			found->index = index;
			return;
		}
		if (found->status != HTTP_STATUS_NOT_FOUND)
			return;
	}
	find_folder(walk, path, is_listed, found);
}

/* PATH is written as a file. */
static void
find_file(struct walk *walk, const struct http_path *path,
    struct http_file_found *found)
{
	const char *slash = strrchr(path->text, '/');
	struct full full = {
	    .len = path->len,
	    .name_at = slash != NULL ? (size_t)(slash + 1 - path->text) : 0,
	};

	memcpy(full.text, path->text, path->len + 1);
	if (!find_full(walk, &full, found) && S_ISDIR(found->stat.st_mode))
		found->status = HTTP_STATUS_MOVED;
}

struct http_file_found
http_file_find(const struct http_wanted *wanted, struct http_file_watch *watch,
    const struct http_path *path, bool is_listed)
{
	struct http_file_found found = {.fd = -1};
	struct walk walk = {
	    .site = wanted->site,
	    .watch = watch,
	    .folder = wanted->site->root,
	    .codings = wanted->codings,
	    .mark = http_file_watch_begin(watch),
	};
	const char *slash = strrchr(path->text, '/');
	size_t len = path->is_directory ? path->len
	             : slash != NULL    ? (size_t)(slash - path->text)
	                                : 0;

	if (!walk_folders(&walk, path, len))
		fail_with(&found, errno);
	else if (path->is_directory)
		find_index(&walk, path, is_listed, &found);
	else
		find_file(&walk, path, &found);
	leave_folder(&walk);
	found.mark = walk.mark;
	return found;
}
