/* http_file_list.c — names read, looked at, sorted and written down. */
#include "services/http/http_file_list.h"
#include "services/http/http_file_open.h"
#include "services/http/http_listing.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* An entry, and where its name begins, while names may still move. */
struct item {
	struct http_listing_entry entry;
	size_t name_at;
};

struct list {
	const struct http_wanted *wanted;
	const struct http_path *path;
	DIR *folder;
	struct item *items;
	size_t count, cap;
	uint8_t *names;
	size_t names_len, names_cap;
	uint64_t more;
	bool more_is_least;
};

/* Room for COUNT elements of SIZE bytes, of which *CAP are there, at *AT; twice
 * as much as there was, when it has to be more. False: no memory. */
static bool
make_room(void *at, size_t *cap, size_t count, size_t size)
{
	size_t wanted = *cap > 0 ? *cap : 64;
	void *old, *new;

	if (count <= *cap)
		return true;
	while (wanted < count)
		wanted *= 2;
	memcpy(&old, at, sizeof(old));
	new = realloc(old, wanted * size);
	if (new == NULL)
		return false;
	memcpy(at, &new, sizeof(new));
	*cap = wanted;
	return true;
}

/* As http_path_decode has it. */
static bool
is_hidden(const struct list *list, const char *name)
{
	return name[0] == '.' &&
	       (list->path->len > 0 || strcmp(name, ".well-known") != 0);
}

/* What a request for NAME would find. False: nothing that is served. */
static bool
look_at(const struct list *list, const char *name, struct stat *stat)
{
	char full[HTTP_FILE_OPEN_JOINED_MAX];

	if (fstatat(dirfd(list->folder), name, stat, AT_SYMLINK_NOFOLLOW) == -1)
		return false;
	if (S_ISLNK(stat->st_mode)) {
		(void)http_file_open_join(full, list->path, name);
		if (!http_file_open_stat(list->wanted->site, full, stat))
			return false;
	}
	return S_ISREG(stat->st_mode) || S_ISDIR(stat->st_mode);
}

/* False: no memory. */
static bool
add(struct list *list, const char *name)
{
	size_t len = strlen(name);
	struct stat stat;

	if (!look_at(list, name, &stat))
		return true;
	if (!make_room(&list->items, &list->cap, list->count + 1,
	        sizeof(*list->items)) ||
	    !make_room(
	        &list->names, &list->names_cap, list->names_len + len, 1))
		return false;
	memcpy(list->names + list->names_len, name, len);
	list->items[list->count++] = (struct item){
	    .entry = {.name = {NULL, len},
	        .is_folder = S_ISDIR(stat.st_mode),
	        .size = (uint64_t)stat.st_size,
	        .mtime = stat.st_mtim.tv_sec},
	    .name_at = list->names_len,
	};
	list->names_len += len;
	return true;
}

/* NULL with errno 0: there are no more. */
static const struct dirent *
next_of(DIR *folder)
{
	errno = 0;
	return readdir(folder);
}

/* False: errno. */
static bool
read_folder(struct list *list)
{
	const struct dirent *entry;

	while ((entry = next_of(list->folder)) != NULL) {
		if (is_hidden(list, entry->d_name))
			continue;
		if (list->count < HTTP_FILE_LIST_MAX) {
			if (!add(list, entry->d_name))
				return false;
		} else if (list->more < HTTP_FILE_LIST_COUNT_MAX) {
			list->more++;
		} else {
			list->more_is_least = true;
			return true;
		}
	}
	return errno == 0;
}

static int
compare(const void *a, const void *b, void *view)
{
	const struct item *left = a, *right = b;

	return http_listing_compare(
	    *(const uint8_t *)view, &left->entry, &right->entry);
}

static void
sort(struct list *list)
{
	uint8_t view = list->wanted->view;

	for (size_t i = 0; i < list->count; i++)
		list->items[i].entry.name.data =
		    list->names + list->items[i].name_at;
	if (list->count > 1)
		qsort_r(list->items, list->count, sizeof(*list->items), compare,
		    &view);
}

/* NULL: no memory. */
static uint8_t *
write_page(struct list *list, size_t *len)
{
	const uint8_t view = list->wanted->view;
	struct http_text text = {.len = 0};
	size_t i;

	if (!make_room(
	        &text.space.data, &text.space.cap, HTTP_LISTING_BEGIN_MAX, 1))
		return NULL;
	http_listing_begin(&text, view,
	    (struct span){(const uint8_t *)list->path->text, list->path->len});
	for (i = 0; i < list->count && text.len < HTTP_FILE_LIST_BYTES_MAX;
	     i++) {
		if (!make_room(&text.space.data, &text.space.cap,
		        text.len + HTTP_LISTING_ENTRY_MAX, 1))
			break;
		http_listing_add(&text, view, &list->items[i].entry, i == 0);
	}
	list->more += list->count - i;
	if (!make_room(&text.space.data, &text.space.cap,
	        text.len + HTTP_LISTING_END_MAX, 1)) {
		free(text.space.data);
		return NULL;
	}
	http_listing_end(&text, view, list->more, list->more_is_least);
	*len = text.len;
	return text.space.data;
}

uint8_t *
http_file_list(const struct http_wanted *wanted, const struct http_path *path,
    int fd, size_t *len)
{
	struct list list = {
	    .wanted = wanted,
	    .path = path,
	    .folder = fdopendir(fd),
	};
	uint8_t *page = NULL;

	if (list.folder == NULL) {
		close(fd);
		return NULL;
	}
	if (read_folder(&list)) {
		sort(&list);
		page = write_page(&list, len);
	}
	int error = errno;

	closedir(list.folder);
	free(list.items);
	free(list.names);
	errno = error;
	return page;
}
