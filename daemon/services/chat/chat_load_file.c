/* chat_load_file.c — small files that keys name: secrets, certificates. */
#include "services/chat/chat_load_file.h"

#include "core/conf_owner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FILE_SIZE_MAX = 1 << 20, /* bytes: all CAs of a system are a quarter */
};

static unsigned
line_of(const struct service_load *load, const char *key)
{
	return conf_line(load->conf, load->section, key, 0);
}

void
chat_load_file_tell(const struct chat_load_file *file, const char *fault)
{
	/* The default CAs stand in no file of ours. */
	unsigned line = line_of(file->load, file->key);

	conf_error(conf_report(file->load->conf), conf_file(file->load->conf),
	    line != 0 ? line : line_of(file->load, "broker"), "%s: %s",
	    file->path, fault);
}

static const char *
read_all(struct chat_load_file *file, int fd)
{
	ssize_t got = 1;

	file->text = malloc(FILE_SIZE_MAX + 1);
	if (file->text == NULL)
		return strerror(errno);
	while (got != 0 && file->len <= FILE_SIZE_MAX) {
		got = read(
		    fd, file->text + file->len, FILE_SIZE_MAX + 1 - file->len);
		if (got == -1 && errno != EINTR)
			return strerror(errno);
		if (got > 0)
			file->len += (size_t)got;
	}
	if (file->len > FILE_SIZE_MAX)
		return "is too large";
	file->text[file->len] = '\0';
	return NULL;
}

/* Whom else a secret is known to, and what a reload would not find. */
static void
check_rights(const struct chat_load_file *file, const struct stat *st)
{
	struct report *report = conf_report(file->load->conf);
	uid_t user;

	if (!file->is_secret)
		return;
	if ((st->st_mode & (S_IROTH | S_IWGRP | S_IWOTH)) != 0)
		conf_warning(report, file->path, 0,
		    "others can read this secret, or write it: chmod "
		    "g-w,o-rwx");
	else if (conf_owner_uid(file->load->conf, &user) &&
	         st->st_uid != user && (st->st_mode & S_IRGRP) == 0)
		conf_warning(report, file->path, 0,
		    "the user that the daemon becomes cannot read it: a reload "
		    "will fail");
}

bool
chat_load_file_open(struct chat_load_file *file, const char *name)
{
	const char *fault = NULL;
	struct stat st;
	int fd;

	if (!conf_path(
	        file->load->conf, name, file->path, sizeof(file->path))) {
		chat_load_file_tell(file, "is too long a path");
		return false;
	}
	fd = open(file->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd == -1 || fstat(fd, &st) == -1)
		fault = strerror(errno);
	else if (!S_ISREG(st.st_mode))
		fault = "not a regular file";
	else
		fault = read_all(file, fd);
	if (fd != -1)
		close(fd);
	if (fault != NULL)
		chat_load_file_tell(file, fault);
	else
		check_rights(file, &st);
	return fault == NULL;
}

void
chat_load_file_close(struct chat_load_file *file)
{
	if (file->text != NULL)
		explicit_bzero(file->text, file->len);
	free(file->text);
}

struct chat_broker_file
chat_load_file_append(const struct chat_load_file *file)
{
	size_t at = image_writer_reserve(file->load->image, file->len, 1);

	if (at == SIZE_MAX) {
		chat_load_file_tell(file, strerror(ENOMEM));
		return (struct chat_broker_file){0};
	}
	memcpy(image_writer_at(file->load->image, at), file->text, file->len);
	return (struct chat_broker_file){(uint32_t)at, (uint32_t)file->len};
}
