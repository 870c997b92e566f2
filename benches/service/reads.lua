-- Reads for wrk at an even pace: each connection waits PAUSE_MS between two requests.
dofile(os.getenv("STATUSES"))

function delay()
    return tonumber(os.getenv("PAUSE_MS"))
end

function request()
    return wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. os.getenv("WATERBUS_KEY") })
end
