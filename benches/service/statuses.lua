-- Counts answers by status for wrk, and prints them at the end.
local threads = {}

function setup(thread)
    table.insert(threads, thread)
end

function init(args)
    ok, refused, retry, failed, other = 0, 0, 0, 0, 0
end

function response(status, headers, body)
    if status < 400 then
        ok = ok + 1
    elseif status == 429 or status == 503 then
        refused = refused + 1
        if headers["Retry-After"] or headers["retry-after"] then
            retry = retry + 1
        end
    elseif status >= 500 then
        failed = failed + 1
    else
        other = other + 1
    end
end

function done(summary, latency, requests)
    local sums = {ok = 0, refused = 0, retry = 0, failed = 0, other = 0}
    for _, thread in ipairs(threads) do
        for name, sum in pairs(sums) do
            sums[name] = sum + thread:get(name)
        end
    end
    local lost = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    io.write(string.format(
        '{"ok": %d, "refused": %d, "with_retry_after": %d, "failed": %d, "other": %d, "lost": %d, ' ..
            '"per_s": %.0f, "ok_per_s": %.0f, "p50_ms": %.2f, "p99_ms": %.2f}\n',
        sums.ok, sums.refused, sums.retry, sums.failed, sums.other, lost,
        summary.requests / summary.duration * 1e6, sums.ok / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
