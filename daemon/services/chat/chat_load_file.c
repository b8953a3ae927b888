/* chat_load_file.c — small files that keys name: secrets, certificates. */
#include "services/chat/chat_load_file.h"

#include "core/conf_owner.h"

#include <errno.h>
#include <string.h>

enum {
	FILE_SIZE_MAX = 1 << 20, /* bytes: all CAs of a system are a quarter */
};

void
chat_load_file_tell(const struct chat_load_file *file, const char *fault)
{
	/* The default CAs stand in no file of ours. */
	unsigned line = conf_key_line(service_load_key(file->load, file->key));

	conf_error(conf_report(file->load->conf), conf_file(file->load->conf),
	    line != 0 ? line
	              : conf_key_line(service_load_key(file->load, "broker")),
	    "%s: %s", file->path, fault);
}

bool
chat_load_file_open(struct chat_load_file *file, const char *name)
{
	const struct conf *conf = file->load->conf;
	const char *fault;

	if (!conf_path(conf, name, file->path, sizeof(file->path))) {
		chat_load_file_tell(file, "is too long a path");
		return false;
	}
	fault = file_text_load(file->path, FILE_SIZE_MAX, &file->text);
	if (fault != NULL)
		chat_load_file_tell(file, fault);
	else if (file->is_secret)
		conf_owner_check_secret(conf, file->path, &file->text.st,
		    "this secret, or write it");
	return fault == NULL;
}

void
chat_load_file_close(struct chat_load_file *file)
{
	file_text_release(&file->text);
}

struct chat_broker_file
chat_load_file_append(const struct chat_load_file *file)
{
	size_t at = image_writer_reserve(file->load->image, file->text.len, 1);

	if (at == SIZE_MAX) {
		chat_load_file_tell(file, strerror(ENOMEM));
		return (struct chat_broker_file){0};
	}
	memcpy(image_writer_at(file->load->image, at), file->text.text,
	    file->text.len);
	return (struct chat_broker_file){
	    (uint32_t)at, (uint32_t)file->text.len};
}
