/* http_load_mime.c — a file like /etc/mime.types. Loader process only. */
#include "services/http/http_load_mime.h"

#include "services/http/http_char.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FILE_SIZE_MAX = 4 << 20, /* bytes; Debian's has 60,000 */
	TYPE_LEN_MAX = 127,      /* RFC 6838 §4.2: 127 for each half */
};

static const char blanks[] = " \t\r\v\f";

/* An extension as the file has it. */
struct entry {
	struct http_mime mime;
	size_t order; /* in the file */
};

/* One file on its way. */
struct file {
	const struct http_load_job *job;
	const char *path;
	unsigned line;
	struct entry *list;
	size_t count;
};

/* Text whose bytes are read as UTF-8, unless it says otherwise itself: type
 * text, and what is text under another name. */
static bool
is_text(const char *type)
{
	size_t len = strlen(type);

	return strncmp(type, "text/", 5) == 0 ||
	       strcmp(type, "application/xml") == 0 ||
	       strcmp(type, "application/javascript") == 0 ||
	       strcmp(type, "application/ecmascript") == 0 ||
	       (len > 4 && strcmp(type + len - 4, "+xml") == 0);
}

/* "TYPE/SUBTYPE", ready for Content-Type; NULL: TYPE is none. */
static const char *
content_type(const struct file *file, const char *type)
{
	static const char charset[] = "; charset=utf-8";
	const char *slash = strchr(type, '/');
	char text[TYPE_LEN_MAX + sizeof(charset)];
	size_t len = strlen(type);

	if (slash == NULL || len > TYPE_LEN_MAX ||
	    !http_char_is_token(
	        (struct span){(const uint8_t *)type, (size_t)(slash - type)}) ||
	    !http_char_is_token(
	        (struct span){(const uint8_t *)slash + 1, strlen(slash + 1)}))
		return NULL;
	for (size_t i = 0; i <= len; i++)
		text[i] = (char)tolower((unsigned char)type[i]);
	if (is_text(text))
		memcpy(text + len, charset, sizeof(charset));
	return http_load_memory_copy(file->job->memory, text, strlen(text));
}

/* EXTENSION is looked for behind the last dot of a name: one with a dot in it,
 * and one that is too long, can be left out. */
static void
add(struct file *file, const char *extension, const char *type)
{
	if (strchr(extension, '.') != NULL ||
	    strlen(extension) >= HTTP_MIME_EXTENSION_MAX)
		return;
	char *lower = http_load_memory_copy(
	    file->job->memory, extension, strlen(extension));

	for (char *c = lower; c != NULL && *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	if (lower == NULL)
		return;
	file->list[file->count] = (struct entry){
	    .mime = {.extension = lower, .type = type},
	    .order = file->count,
	};
	file->count++;
}

static void
read_line(struct file *file, char *line)
{
	const char *type = NULL;
	char *word;

	line[strcspn(line, "#")] = '\0';
	while ((word = strsep(&line, blanks)) != NULL) {
		if (word[0] == '\0')
			continue;
		if (type != NULL) {
			add(file, word, type);
			continue;
		}
		type = content_type(file, word);
		if (type == NULL) {
			conf_warning(conf_report(file->job->load->conf),
			    file->path, file->line, "not a media type: %s",
			    word);
			return;
		}
	}
}

static int
compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->mime.extension, y->mime.extension);

	return order != 0 ? order
	                  : (x->order > y->order) - (x->order < y->order);
}

/* The last of several with one extension stays. */
static void
finish(struct file *file, struct http_mimes *mimes)
{
	struct entry *list = file->list;
	struct http_mime *kept = http_load_memory_take(
	    file->job->memory, file->count, sizeof(*kept));
	size_t count = 0;

	if (kept == NULL)
		return;
	qsort(list, file->count, sizeof(list[0]), compare);
	for (size_t i = 0; i < file->count; i++)
		if (i + 1 == file->count ||
		    strcmp(list[i].mime.extension,
		        list[i + 1].mime.extension) != 0)
			kept[count++] = list[i].mime;
	*mimes = (struct http_mimes){.list = kept, .count = count};
}

/* No more words than this are extensions. */
static size_t
word_count(const char *text)
{
	size_t count = 0;

	for (bool was_blank = true; *text != '\0'; text++) {
		bool is_blank = isspace((unsigned char)*text) != 0;

		count += was_blank && !is_blank;
		was_blank = is_blank;
	}
	return count;
}

void
http_load_mime_read(const struct http_load_job *job, struct http_mimes *mimes)
{
	cfg_t *section = job->load->section;
	char path[PATH_MAX];
	size_t len;

	if (cfg_getstr(section, "mime_types")[0] == '\0' ||
	    !http_load_job_path(job, section, "mime_types", path) ||
	    (!http_load_job_has(job, section, "mime_types") &&
	        access(path, R_OK) == -1))
		return;
	char *text = http_load_job_text(
	    job, section, "mime_types", path, FILE_SIZE_MAX, &len);

	if (text == NULL)
		return;
	struct file file = {
	    .job = job,
	    .path = path,
	    .list = http_load_memory_take(
	        job->memory, word_count(text), sizeof(struct entry)),
	};

	for (char *rest = text; file.list != NULL && rest != NULL;) {
		file.line++;
		read_line(&file, strsep(&rest, "\n"));
	}
	if (file.list != NULL)
		finish(&file, mimes);
	free(text);
}
