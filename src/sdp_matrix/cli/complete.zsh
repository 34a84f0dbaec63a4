#compdef sdp
_sdp() {
    local line
    local -a items
    for line in ${(f)"$(_SDP_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args _TYPER_COMPLETE_ARGS="${words[1,CURRENT-1]} $PREFIX" $words[1] 2>/dev/null)"}; do
        items+=("${${line%%$'\t'*}//:/\\:}${${(M)line%$'\t'*}/$'\t'/:}")
    done
    (( $#items )) || { _files; return }
    compset -P '--*='
    _describe sdp items
}
# the body of the function when zsh loads the file at the first TAB, and a script when a shell evaluates it
if [[ $funcstack[1] == _sdp ]]; then
    _sdp "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _sdp sdp
fi
