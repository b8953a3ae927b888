/* chat_load.c — keys of section lab → struct chat_settings. */
#include "services/chat/chat_load.h"

#include "services/chat/chat_load_broker.h"
#include "services/chat/chat_name.h"
#include "services/chat/chat_settings.h"

#include <string.h>

cfg_opt_t chat_load_options[] = {
    CHAT_LOAD_BROKER_OPTIONS,
    CFG_INT("chat_burst", 5, CFGF_NONE),
    CFG_INT("chat_history", 0, CFGF_NONE),
    CFG_STR("chat_name", "netlabd", CFGF_NONE),
    CFG_INT("chat_rate", 1, CFGF_NONE),
    CFG_INT("chat_rooms", 256, CFGF_NONE),
    CFG_INT("chat_udp_idle", 120, CFGF_NONE),
    CFG_INT("chat_udp_peers", 256, CFGF_NONE),
    CFG_END(),
};

static void
read_name(const struct service_load *load, struct chat_settings *out)
{
	static const char *const key = "chat_name";
	const char *value = cfg_getstr(load->section, key);
	struct span name = {(const uint8_t *)value, strlen(value)};

	if (!chat_name_is_good(name)) {
		conf_error(conf_report(load->conf), conf_file(load->conf),
		    conf_line(load->conf, load->section, key, 0),
		    "'%s' has 1 to 24 letters, no spaces and none of <>:#@, "
		    "unlike \"%s\"",
		    key, value);
		return;
	}
	memcpy(out->name, value, name.len);
	out->name_len = (uint32_t)name.len;
}

/* The number of the key NAME, from LEAST to MOST. */
static uint32_t
read_number(
    const struct service_load *load, const char *name, long least, long most)
{
	return conf_key_number(service_load_key(load, name), least, most);
}

void
chat_load(struct service_load *load)
{
	struct chat_settings settings = {
	    .flood.per_second = read_number(load, "chat_rate", 0, 1000000),
	    .flood.burst = read_number(load, "chat_burst", 1, 1000000),
	    .history = read_number(load, "chat_history", 0, 1000),
	    .rooms = read_number(load, "chat_rooms", 1, 100000),
	    .udp_peers = read_number(load, "chat_udp_peers", 1, 10000),
	    .udp_idle_ms = read_number(load, "chat_udp_idle", 1, 86400) * 1000,
	};
	size_t at = image_writer_reserve(
	    load->image, sizeof(settings), _Alignof(struct chat_settings));

	read_name(load, &settings);
	settings.broker = chat_load_broker(load);
	if (at == SIZE_MAX)
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "out of memory");
	else
		memcpy(image_writer_at(load->image, at), &settings,
		    sizeof(settings));
}
