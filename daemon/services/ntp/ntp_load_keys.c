/* ntp_load_keys.c — the keys file → the room's part. */
#include "services/ntp/ntp_load_keys.h"

#include "core/conf_owner.h"
#include "core/file_text.h"
#include "services/ntp/ntp_key_text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILE_SIZE_MAX = 256 << 10, /* bytes: some thousand keys */
	/* Told of one file: a wrong one has a mistake in each line. */
	MISTAKES_MAX = 20,
};

/* A key and where it stands. */
struct entry {
	struct ntp_key key;
	unsigned line;
};

/* The file on its way. */
struct file {
	struct service_load *load;
	char path[PATH_MAX];
	struct file_text text;
	struct entry *entries; /* owned */
	size_t count;
	unsigned mistakes;
};

/* ------------------------------------------------------------- the report */

/* Of the file as a whole: told where it is named. */
static void
tell_file(const struct file *file, const char *fault)
{
	struct service_load *load = file->load;

	conf_error(conf_report(load->conf), conf_file(load->conf),
	    conf_line(load->conf, load->section, "keys", 0), "%s: %s",
	    file->path, fault);
}

/* Whether one more mistake is to be told, of LINE; the last one says that it
 * is. */
static bool
may_tell(struct file *file, unsigned line)
{
	file->mistakes++;
	if (file->mistakes == MISTAKES_MAX + 1)
		conf_error(conf_report(file->load->conf), file->path, line,
		    "and more mistakes");
	return file->mistakes <= MISTAKES_MAX;
}

static void
tell_line(struct file *file, unsigned line, const char *fault)
{
	if (may_tell(file, line))
		conf_error(conf_report(file->load->conf), file->path, line,
		    "%s", fault);
}

/* --------------------------------------------------------------- the text */

static bool
read_file(struct file *file)
{
	const char *fault =
	    file_text_load(file->path, FILE_SIZE_MAX, &file->text);

	if (fault != NULL)
		tell_file(file, fault);
	else
		conf_owner_check_secret(file->load->conf, file->path,
		    &file->text.st, "these keys, or write them");
	return fault == NULL;
}

/* --------------------------------------------------------------- the keys */

/* Tells if KEY is of a type that may not, or cannot, be used. */
static void
check_type(struct file *file, const struct ntp_key *key, unsigned line)
{
	enum mac_type type = (enum mac_type)key->type;
	struct report *report = conf_report(file->load->conf);

	if (mac_is_weak(type) &&
	    !cfg_getbool(file->load->section, "weak_keys")) {
		/* RFC 8573 §2 for MD5; SHA-1 shares its construction. */
		if (may_tell(file, line))
			conf_error(report, file->path, line,
			    "%s is too weak: use AES128, or 'weak_keys = true'",
			    mac_name(type));
		return;
	}
	struct mac *mac = mac_open(type, (struct span){key->bytes, key->len});

	if (mac == NULL && may_tell(file, line))
		conf_error(report, file->path, line,
		    "libcrypto offers no %s here", mac_name(type));
	mac_close(mac);
}

static void
read_line(struct file *file, struct span line, unsigned number)
{
	struct ntp_key key;
	const char *fault = ntp_key_text_read(line, &key);

	if (fault != NULL) {
		tell_line(file, number, fault);
	} else if (key.id != 0) {
		check_type(file, &key, number);
		file->entries[file->count++] =
		    (struct entry){.key = key, .line = number};
	}
	explicit_bzero(&key, sizeof(key));
}

static bool
read_lines(struct file *file)
{
	size_t lines = 1;
	size_t at = 0;

	for (size_t i = 0; i < file->text.len; i++)
		lines += file->text.text[i] == '\n';
	file->entries = calloc(lines, sizeof(*file->entries));
	if (file->entries == NULL) {
		tell_file(file, strerror(errno));
		return false;
	}
	for (unsigned number = 1; number <= lines; number++) {
		size_t left = file->text.len - at;
		const char *start = file->text.text + at;
		const char *end = memchr(start, '\n', left);
		size_t len = end == NULL ? left : (size_t)(end - start);

		read_line(
		    file, (struct span){(const uint8_t *)start, len}, number);
		at += len + 1;
	}
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct entry *one = a, *other = b;

	if (one->key.id != other->key.id)
		return one->key.id < other->key.id ? -1 : 1;
	return one->line < other->line ? -1 : one->line > other->line;
}

static void
sort(struct file *file)
{
	qsort(file->entries, file->count, sizeof(file->entries[0]), compare);
	for (size_t i = 1; i < file->count; i++)
		if (file->entries[i].key.id == file->entries[i - 1].key.id &&
		    may_tell(file, file->entries[i].line))
			conf_error(conf_report(file->load->conf), file->path,
			    file->entries[i].line,
			    "this ID has a key already, in line %u",
			    file->entries[i - 1].line);
}

/* Reads all of the file. Whether its keys can be used. */
static bool
read_keys(struct file *file)
{
	if (!read_file(file) || !read_lines(file))
		return false;
	sort(file);
	if (file->count == 0 && file->mistakes == 0)
		tell_file(file, "there is no key in it");
	return file->count != 0 && file->mistakes == 0;
}

static uint32_t
append(const struct file *file)
{
	struct service_load *load = file->load;
	size_t at = image_writer_reserve(load->image,
	    file->count * sizeof(struct ntp_key), _Alignof(uint32_t));

	if (at == SIZE_MAX) {
		tell_file(file, "out of memory");
		return 0;
	}
	struct ntp_key *keys = image_writer_at(load->image, at);

	for (size_t i = 0; i < file->count; i++)
		keys[i] = file->entries[i].key;
	return (uint32_t)file->count;
}

static void
release(struct file *file)
{
	if (file->entries != NULL)
		explicit_bzero(
		    file->entries, file->count * sizeof(file->entries[0]));
	file_text_release(&file->text);
	free(file->entries);
}

uint32_t
ntp_load_keys(struct service_load *load)
{
	struct file file = {.load = load};
	const char *name = cfg_getstr(load->section, "keys");
	uint32_t count = 0;

	if (name == NULL)
		return 0;
	if (!conf_path(load->conf, name, file.path, sizeof(file.path)))
		conf_error(conf_report(load->conf), conf_file(load->conf),
		    conf_line(load->conf, load->section, "keys", 0),
		    "the path is too long");
	else if (read_keys(&file))
		count = append(&file);
	release(&file);
	return count;
}
